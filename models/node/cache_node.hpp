// A PoP, a shield or an embedded cache: a front that finds the server behind the ring, and the
// servers' caches. Does not know who is behind its parents, nor how messages are delivered.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/models/node/action.hpp>
#include <cdnsim/models/node/arrival_queue.hpp>
#include <cdnsim/models/node/asker.hpp>
#include <cdnsim/models/node/broken_fills.hpp>
#include <cdnsim/models/node/cache_node_config.hpp>
#include <cdnsim/models/node/connection_pool.hpp>
#include <cdnsim/models/node/copy_rules.hpp>
#include <cdnsim/models/node/degrading.hpp>
#include <cdnsim/models/node/failure_memory.hpp>
#include <cdnsim/models/node/filling.hpp>
#include <cdnsim/models/node/home_server.hpp>
#include <cdnsim/models/node/hot_objects.hpp>
#include <cdnsim/models/node/later_work.hpp>
#include <cdnsim/models/node/launch_reports.hpp>
#include <cdnsim/models/node/live_work.hpp>
#include <cdnsim/models/node/load_reports.hpp>
#include <cdnsim/models/node/node_answer.hpp>
#include <cdnsim/models/node/node_request.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/off_times.hpp>
#include <cdnsim/models/node/overflow.hpp>
#include <cdnsim/models/node/seen_objects.hpp>
#include <cdnsim/models/node/server_cache.hpp>
#include <cdnsim/models/node/server_moves.hpp>
#include <cdnsim/models/node/service_desk.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/node/upstreams.hpp>
#include <cdnsim/models/node/viral_measures.hpp>
#include <cdnsim/models/node/viral_reports.hpp>
#include <cdnsim/models/node/warming.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

class CacheNode final : public ObservedNode {
 public:
  CacheNode(CacheNodeConfig config, Placement placement, const Catalogue& catalogue,
            std::unique_ptr<Recorder> recorder, ArrivalQueue arrivals);

  // Who asks this node. Cells come first, in the order in which the arrival queue names them.
  void add_cell(Egress::RouteId route, std::uint32_t region);
  void add_asker(NodeId node, Egress::RouteId route);
  // Where fetches of a class go, after the places before. Peers have no copy of what is not stored.
  void add_upstream(std::size_t content, const Upstream& place) {
    if (!place.is_peer || rules_[content].storable) upstreams_.add(content, place);
  }
  // Who is told what this node's clients ask for much.
  void report_to(NodeId detector, Duration delay, const ViralSpec& spec);
  // It does something about what goes viral.
  void take_measures(const MitigationSpec& spec, bool prepositions);
  // Who is told how loaded it is, and tells it which cells to hold.
  void report_load_to(NodeId controller, Duration delay, Duration every);
  // Who launches this PoP, or one that takes clients from it, and is told how it does.
  void report_launch_to(NodeId controller, Duration delay, Duration every);
  // It is filled before clients come: by these rules, from `source`, or by mirrored requests.
  void warm(std::optional<FillRules> rules, const std::optional<Upstream>& source);
  // Users of a network whom another PoP sends here, which costs them `detour` more.
  std::uint16_t add_guest(Egress::RouteId route, std::uint32_t region, std::uint32_t audience,
                          Duration detour);
  // Where clients' requests go that have no room here. REQUIRES: at PoPs that get them too.
  void redirect_full(std::unique_ptr<Overflow> overflow);
  const Overflow* overflow() const { return overflow_.get(); }
  // Who gets what of a class is sent down unasked. REQUIRES: that it is an asker.
  void push_to(NodeId node, std::size_t content);
  // Of the live events' viewers here; none: nobody watches here.
  const Players* players() const { return live_ ? live_->players.get() : nullptr; }
  // What happens to it during the run. REQUIRES: in the order of time.
  void schedule(const Action& action) override;

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  void bring() const override;
  SimTime next_work() const override {
    return std::min({arrivals_.next_at(), next_ask_, next_interruption()});
  }
  bool pools_connections() const override { return pool_ != nullptr; }
  bool may_serve_elsewhere() const override { return homes_ != nullptr; }
  CacheFlows flows() const override;
  ServerLoads server_loads() const override;
  std::vector<HotListing> hot_listings() const override;
  std::vector<AlertHeard> alerts_heard() const;
  const ViralMeasures* measures() const { return measures_.get(); }
  void add_client_counts(std::vector<ClientCounts>& counts) const override;
  std::vector<SentOver> sent_over() const override;
  void log_lookups(LookupLog& log) override;

 private:
  using Asked = NodeAsked;
  using Waiter = NodeWaiter;
  using Request = NodeRequest;
  struct alignas(64) Server {
    std::unique_ptr<ServerCache> cache;
    SimTime busy_until{};
    bool deadline_armed = false;
    std::uint16_t down_causes = 0;     // events that keep it down
    std::uint16_t noticed_causes = 0;  // of them, those that the others know of
    std::uint64_t requests = 0;        // after the warm-up
    Coalescer<Waiter, SimClock> coalescer;
    FailureMemory failures;
    OffTimes off;
    std::uint64_t flights_lost = 0;  // up to here, when it went down; likewise those of the next
    std::uint64_t solo_flights_lost = 0;
  };
  using Answer = NodeAnswer;
  using CutAnswer = CutNodeAnswer;

  // Time (cache_node.cpp).
  void do_work_before(SimTime time, Outbox& outbox);
  void serve_arrivals_before(SimTime time, Outbox& outbox);
  void refill_arrivals(Outbox& outbox);
  void place_batch();
  void prefetch_arrivals();
  void prefetch_ends(std::size_t first, std::size_t end);
  void prefetch(std::span<const Message> messages) const;
  SimTime next_deadline() const {
    return deadlines_.empty() ? SimTime::max() : deadlines_.top().at;
  }
  SimTime next_action() const;
  SimTime next_fill() const;
  void find_next_planned() { next_planned_ = std::min({next_action(), next_report_, next_fill()}); }
  SimTime next_interruption() const { return std::min(next_deadline(), next_planned_); }
  // REQUIRES: something is planned.
  void do_planned(Outbox& outbox);
  void arm_deadline(std::uint32_t server);
  void pass_deadline(Outbox& outbox);

  // Requests (cache_node_serving.cpp).
  // The server that a key belongs to, whatever its load.
  std::uint32_t owner_of(std::uint64_t key) const { return owner_in(placement_, key); }
  // The same for a request that comes alone, where loads count.
  std::uint32_t place(std::uint64_t key, std::uint16_t content, SimTime now);
  void on_fetch(const Message& message, Outbox& outbox);
  void serve_arrival(const Arrival& arrival, std::uint32_t server, Outbox& outbox);
  static Asked asked_of(const Arrival& arrival, std::uint32_t server);
  Request request_of(const Arrival& arrival, std::uint32_t server) const;
  void serve(Request&& request, std::uint32_t server, Outbox& outbox);
  void serve_unlogged(Request&& request, std::uint32_t server, Outbox& outbox);
  // The server takes it up, and it is known how long it waits for that and is worked on; or the
  // server is too busy.
  bool take_up(std::uint32_t index, Asked& asked, Phase phase);
  bool take_up_at_desk(std::uint32_t index, Asked& asked);
  std::uint32_t balance(std::uint64_t key, SimTime now);  // where queues decide
  void serve_found(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                   Outbox& outbox);
  // The same once it is known which server's copy it will be.
  void serve_placed(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                    Outbox& outbox);
  // Whether a fresh copy is to be renewed before it expires.
  bool is_due(const Request& request, std::uint32_t server, ServerCache::Copy copy) const;
  void serve_fresh(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                   Outbox& outbox);
  void serve_stale(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                   Outbox& outbox);
  void serve_copy(const Request& request, ServerCache::Copy copy, ServerCache& cache,
                  Outcome outcome, Outbox& outbox);
  bool serve_remembered(const Request& request, std::uint32_t server, Outbox& outbox);
  void miss(const Request& request, std::uint32_t server, MissCause cause, Outbox& outbox);
  void pass(const Request& request, std::uint32_t server, Outbox& outbox);
  // Nothing is done for it: the server is too busy or down, or a peer does not have it.
  void refuse(const Request& request, Outcome outcome, Outbox& outbox);
  void refresh(const Request& request, std::uint32_t server, Outbox& outbox);
  // Takes a connection for it: when it can leave.
  SimTime connect(Fetch& fetch, const Upstream& to, SimTime leaves);
  // Sends it to the first place from its token's step on that is not avoided.
  void send_fetch(Fetch fetch, SimTime leaves, Outbox& outbox);
  Fetch fetch_alone(const Waiter& waiter, std::uint32_t server, std::uint64_t mark,
                    bool must_be_fresh);
  Fetch fetch_for(const Waiter& waiter, std::uint64_t flight_key, FlightId flight,
                  std::uint32_t server, bool must_be_fresh) const;
  // When the copy that could be asked about was made.
  SimTime held_since(const ServerCache& cache, std::uint64_t key, std::uint16_t content) const;
  // When the server will have done its part of a request.
  SimTime served_at(const Asked& asked) const { return asked.born + asked.queued + asked.service; }

  // Causes (cache_node_causes.cpp).
  MissCause cause_of_absence(const Request& request, std::uint32_t server);
  // Where another server of the node has what this one has not. `last`: the placement that held
  // when the object was last asked for, if it was another.
  std::optional<MissCause> cause_elsewhere(const Request& request, std::uint32_t server,
                                           const Placement* last) const;
  std::optional<MissCause> cause_spilled(const Request& request, std::uint32_t server) const;
  // What a server's copy would have come to; nothing when it has none.
  std::optional<Use> use_at(std::uint32_t server, const Request& request) const;
  // An object that was found, where servers came or went before.
  void note_found(const Request& request);

  // Elsewhere (cache_node_elsewhere.cpp).
  void note_server(const Asked& asked, std::uint64_t key);
  Served served_by(std::uint64_t key, std::uint32_t server) const;
  void note_answer(const Reply& reply, SimTime now);
  void keep_homes();

  // Replies (cache_node_replies.cpp).
  void on_reply(const Message& message, Outbox& outbox);
  void take_reply(Reply& reply, NodeId from, SimTime now, Outbox& outbox);
  template <class Release>
  void release_waiters(const Reply& reply, Server& server, bool is_good, const Release& release);
  bool stays_open(const Reply& reply) const;
  bool try_elsewhere(const Reply& reply, NodeId from, SimTime now, Outbox& outbox);
  bool try_again(const Reply& reply, SimTime now, Outbox& outbox);
  void send_again(const Reply& reply, std::size_t step, unsigned attempt, SimTime now,
                  Outbox& outbox);
  Answer take_in(const Reply& reply, Server& server, SimTime now);
  static bool has_passed_through(const Reply& reply);
  Answer answer_of(const Reply& reply) const;
  bool store(const Reply& reply, Server& server, SimTime now);
  StoreOn store_on(const Reply& reply) const;
  bool leaves_copy(const Reply& reply, SimTime now);
  bool is_condemned(const Reply& reply) const;
  // The copy that was asked about is still good: nothing if it is gone by now.
  std::optional<Answer> renew(const Reply& reply, Server& server, SimTime now);
  ServerCache::Times times_of(const Reply& reply, SimTime now) const;
  // How old an answer is to this tier, which may not count what it spent further up.
  Duration age_of(const Reply& reply) const;
  // How old a copy says it is.
  Duration age_of(const ServerCache::Times& times, std::uint16_t content, SimTime now) const;
  Answer found(const ServerCache::Times& times, Bytes bytes, std::uint16_t content,
               std::uint64_t key, SimTime now) const;
  void remember_failure(const Reply& reply, Server& server, SimTime now);
  // A copy that may stand in for an answer that failed. REQUIRES: the failure is no 404.
  std::optional<Answer> stale_on_error(std::uint64_t key, std::uint16_t content, Server& server,
                                       SimTime now) const;
  // `now` is the moment of decision, `ready` when the server has done its part.
  void answer(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
              Outbox& outbox);
  static CutAnswer cut(const BytePart& part, Answer answer, SimTime now);
  Delivery answer_cell(const Asked& asked, const Answer& answer, SimTime now, SimTime ready,
                       bool from_cache);
  void answer_node(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
                   bool from_cache, Outbox& outbox);
  void note_outdated(const Waiter& waiter, SimTime made_at, SimTime now);

  // What breaks off (cache_node_fills.cpp).
  bool is_forgotten(const FlightToken& token, const Server& server) const;
  void break_with_server(Reply& reply, const Server& server, SimTime now) const;
  Answer take_in_part(const Reply& reply, SimTime now);
  bool read_fill(const Request& request, std::uint32_t server, Outbox& outbox);
  Transfer send_until_off(Egress::RouteId route, std::uint16_t server, Answer& answer, SimTime now,
                          SimTime ready);
  void count_broken(const Asked& asked, const Answer& answer, bool from_cache);

  // More than a fixed time of service (cache_node_desk.cpp).
  void open_desk(bool wanted = false);
  // Through the server's card, and no longer than the server works.
  Transfer send_carefully(Egress::RouteId route, const Asked& asked, Answer& answer, SimTime now,
                          SimTime ready);

  // Hot objects (cache_node_hot.cpp). REQUIRES of all but home_of(): hot_.
  void count_batch();
  void spread_batch();
  void take_batch_back();
  std::uint32_t place_hot(std::uint64_t key, std::uint16_t content, SimTime now);
  std::uint32_t home_of(std::uint64_t key, std::uint32_t otherwise) const;
  void serve_hot(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                 Outbox& outbox);
  void fill_from(const Request& request, std::uint32_t server, std::uint32_t other, Outbox& outbox);

  // Viral objects (cache_node_viral.cpp). REQUIRES of the first two: reports_.
  void count_for_report();
  void send_hot_reports(Outbox& outbox);
  void on_alert(const Message& message, Outbox& outbox);
  bool is_down() const;

  // What is done about them (cache_node_measures.cpp). REQUIRES of the first two: measures_.
  void begin_measures(const HotAlert& alert, SimTime now, Outbox& outbox);
  void preposition(const HotAlert& alert, SimTime now, Outbox& outbox);
  void end_measures(std::uint64_t key);
  bool may_store(std::uint16_t content, std::uint64_t key) const;
  bool leaves_copies(std::uint16_t content, std::uint64_t key) const;

  // Steering (cache_node_steering.cpp). REQUIRES: load_reports_, and of redirects overflow_.
  void set_next_report();
  void send_reports(Outbox& outbox);  // of any kind
  void send_load_report(Outbox& outbox);
  void on_cell_move(const Message& message);
  bool redirect(const Request& request, Outbox& outbox);
  void on_redirect(const Message& message, Outbox& outbox);

  // Launches (cache_node_launch.cpp).
  void send_launch_report(LaunchReports& reports, Outbox& outbox);
  void mirror_next(Outbox& outbox);
  bool fetch_unasked(const Waiter& nobody, std::uint32_t server, std::size_t step, Outbox& outbox);
  void leave_source(const Reply& reply, Server& server, SimTime now, Outbox& outbox);

  // Live events (cache_node_live.cpp).
  void serve_ask(Outbox& outbox);
  void slow_to_line(const Waiter& waiter, Answer& answer, SimTime ready) const;
  void tell_player(const Waiter& waiter, const Delivery& delivery, SimTime made_at);
  void on_push(const Message& message, Outbox& outbox);
  void push_on(const Reply& reply, SimTime now, Outbox& outbox);

  // Ways (cache_node_ways.cpp).
  bool carry_out_way(const Action& action);
  void change_way(Asker& asker, Egress::RouteId route, bool cut, std::uint32_t event);
  void switch_cell(const CellSwitch& cell, const Action& action);
  void count_lost_arrivals(Outbox& outbox);
  void count_stale(const std::vector<Arrival>& arrivals);
  void lose_request(const Asker& asker, Phase phase, std::uint16_t content);
  void lose_answer(const Asked& asked);
  void lose_reply(const Waiter& waiter, SimTime ready, Outbox& outbox);
  void lose_fetch(const Fetch& fetch, const Upstream& to, SimTime leaves, Outbox& outbox);
  void on_loss(const Message& message, Outbox& outbox);
  // Fetches the next of what comes in ahead (cache_node_filling.cpp). REQUIRES: next_fill() is due.
  void fill_ahead(Outbox& outbox);

  // Events (cache_node_events.cpp).
  void carry_out(const Action& action);
  void purge(const Purge& purge, const Action& action);
  void wipe(Server& server, const Action& action);
  void keep_made_at();
  void count_move(std::uint64_t key);

  bool is_clients(const Asked& asked) const { return askers_[asked.asker].is_cell; }
  // Requests of other nodes at an edge are counted apart from those of its clients.
  Phase phase_of(const Asked& asked) const {
    const Phase phase = recorder().phase_at(asked.born);
    return !serves_clients(role()) || is_clients(asked) ? phase : relayed(phase);
  }
  ClassCounts& counts_of(const Asked& asked) {
    return recorder().counts(phase_of(asked), asked.content);
  }
  // What comes in counts when it does, for whom it was fetched.
  ClassCounts& counts_of(const Reply& reply, SimTime now);

  CacheNodeConfig config_;
  Duration service_time_;  // where it is fixed
  const Catalogue& catalogue_;
  std::vector<CopyRules> rules_;  // by content
  ArrivalQueue arrivals_;
  Placement placement_;
  // With all servers up, where a request may be served by another than the one it belongs to.
  std::unique_ptr<const Placement> homes_;
  SimTime next_window_{};  // of loads, where nobody arrives in batches
  std::vector<Server> servers_;
  std::vector<Asker> askers_;
  std::vector<std::uint16_t> asker_of_node_;
  Upstreams upstreams_;
  std::unique_ptr<ConnectionPool> pool_;  // where the scenario speaks of connections
  BrokenFills fills_;
  bool goes_down_ = false;  // it, a server of it, or a way to those who ask, some time
  SeenObjects seen_;
  std::unique_ptr<HotObjects> hot_;            // where the scenario asks for it
  std::unique_ptr<ViralReports> reports_;      // likewise
  std::unique_ptr<ViralMeasures> measures_;    // likewise
  std::unique_ptr<LoadReports> load_reports_;  // likewise
  std::unique_ptr<Overflow> overflow_;         // likewise
  std::vector<LaunchReports> launch_reports_;  // by launch that concerns it
  std::unique_ptr<Warming> warming_;           // of a PoP that is launched
  SimTime next_report_ = SimTime::max();       // of any kind
  std::unique_ptr<ServiceDesk> desk_;          // where the scenario asks for it
  std::unique_ptr<Degrading> degrading_;       // likewise
  bool fails_ = false;                         // the request that is being refused, by chance
  bool balances_ = false;                      // by queues, at the desk
  std::unique_ptr<LiveWork> live_;             // where there are live events
  SimTime next_ask_ = SimTime::max();          // of the players
  std::unique_ptr<Filling> filling_;           // of an embedded cache, where it has rules
  std::vector<std::uint16_t> batch_servers_;   // by position in the arrivals' batch
  std::size_t prefetched_ = 0;                 // likewise
  bool is_cold_ = true;                        // nothing was served since this visit began
  std::uint64_t arrivals_served_ = 0;
  std::uint32_t stale_cells_ = 0;
  SimTime horizon_{};  // of the present window
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
  // Fetches that nobody may join have keys of their own, marked if their answers leave no copy.
  static constexpr std::uint64_t kPassedThrough = std::uint64_t{1} << 63;
  std::uint64_t solo_flights_ = 0;
  // Who waited too long for others and fetches by himself, by the key of his flight, whose id is 0.
  std::map<std::uint64_t, Waiter> lone_;
  // Who leads a flight and has no limit of his own, by server and flight.
  std::map<std::pair<std::uint32_t, std::uint64_t>, Waiter> patient_;
  std::uint64_t lone_joined_ = 0, lone_released_ = 0;
  std::uint32_t lots_drawn_ = 0;

  std::vector<Action> actions_;  // in the order of time
  std::size_t next_action_ = 0;
  SimTime next_planned_ = SimTime::max();  // of actions, reports and fills: the next of all
  std::vector<CarriedOut> carried_out_;
  std::vector<std::vector<std::pair<std::uint32_t, Purge>>>
      purges_;                        // by content, as published; with the event
  std::optional<ServerMoves> moves_;  // once servers came or went
  std::uint32_t move_event_ = 0;      // the last that made them
  SimTime moves_counted_until_ = SimTime::min();
  LookupLog* lookup_log_ = nullptr;  // where somebody wants to know
};

}  // namespace cdnsim
