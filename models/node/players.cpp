#include <algorithm>

#include <cdnsim/models/node/players.hpp>

namespace cdnsim {
namespace {

// A shorter stall than this nobody sees.
constexpr Duration kSeen = std::chrono::milliseconds(100);

std::int64_t microseconds(Duration time) {
  return std::max<std::int64_t>(time / std::chrono::microseconds(1), 0);
}

}  // namespace

Players::Players(const std::vector<LiveAudience>& audiences, const Catalogue& catalogue,
                 std::span<const HeldCell> cells, SimTime end)
    : audiences_(audiences),
      catalogue_(catalogue),
      cells_(cells),
      end_(end),
      all_(cells.size()),
      counts_(audiences.size()) {
  for (Cell& cell : all_) cell.players.resize(audiences.size());
}

std::span<const LiveAudience::Viewer> Players::viewers(std::uint16_t event,
                                                       std::uint16_t cell) const {
  return audiences_[event].viewers(cells_[cell].audience, cells_[cell].cell);
}

BitRate Players::line_of(std::uint16_t event, std::uint16_t cell, std::uint32_t viewer) const {
  return viewers(event, cell)[viewer].line;
}

Players::Player& Players::player(std::uint16_t event, const ViewerAnswer& answer) {
  std::vector<Player>& of_cell = all_[answer.cell].players[event];
  if (of_cell.empty()) of_cell.resize(viewers(event, answer.cell).size());
  return of_cell[answer.viewer];
}

void Players::hold(std::uint16_t number, bool held, SimTime now) {
  Cell& cell = all_[number];
  for (std::uint16_t event = 0; event < audiences_.size(); ++event) {
    add_dark_until(now, event, number, counts_[event]);
    cell.players[event].clear();
  }
  cell.held = held;
  if (held) cell.held_since = now;
}

void Players::note_push(const LiveObjects& event, std::uint32_t object, SimTime whole_at) {
  const SimTime out_at = event.out_at(event.segment_of(object));
  counts_[event.event()].push_lag_us.add(microseconds(whole_at - out_at));
}

void Players::got_manifest(const ContentClass& manifests, const ViewerAnswer& answer,
                           SimTime made_at) {
  const LiveObjects& event = *manifests.live;
  LiveCounts& counts = counts_[event.event()];
  counts.came += answer.is_first;
  ++counts.manifests_got;
  Player& player = this->player(event.event(), answer);
  const std::uint32_t listed = event.out_by(made_at);
  const bool has_news = listed > player.listed;
  counts.manifests_without_news += !has_news;
  if (!all_[answer.cell].held) return;  // it asks elsewhere by now
  if (has_news) player.listed = listed & ((1u << 28) - 1);
  const bool is_old = player.listed < event.out_by(answer.last);
  if (is_old && (!has_news || !polls_later(event, answer))) poll_again(event, manifests, answer);
  if (!player.asks) ask_next(catalogue_[event.other_class()], player, answer);
}

// It was an old copy, and there is more by now. A player that finds nothing new tries again after
// half a segment (RFC 8216, 6.3.4), unless its next regular poll comes before.
void Players::poll_again(const LiveObjects& event, const ContentClass& manifests,
                         const ViewerAnswer& answer) {
  const LiveAudience::Viewer& who = viewer(event.event(), answer);
  const SimTime at = answer.last + answer.round_trip + event.segment() / 2;
  const std::uint32_t out = event.out_by(at - who.phase);
  const bool polls_before = out > 0 && event.out_at(out - 1) + who.phase > answer.last;
  if (polls_before || who.leaves <= at) return;
  push_ask(manifests, who.rendition, at, answer);
}

// Whether a regular poll is still to come.
bool Players::polls_later(const LiveObjects& event, const ViewerAnswer& answer) const {
  return answer.last < event.out_at(event.segments() - 1) + viewer(event.event(), answer).phase;
}

void Players::push_ask(const ContentClass& content, std::uint32_t object, SimTime at,
                       const ViewerAnswer& answer) {
  in_line_ += !content.live->is_manifest();
  asks_.push(Arrival{at.time_since_epoch().count(), content.key_of(object), answer.viewer,
                     content.live->own_class(), static_cast<std::uint16_t>(answer.cell & 0x7fffu),
                     0});
}

void Players::got_segment(const ContentClass& segments, std::uint32_t object,
                          const ViewerAnswer& answer) {
  const LiveObjects& event = *segments.live;
  LiveCounts& counts = counts_[event.event()];
  Player& player = this->player(event.event(), answer);
  const std::uint32_t segment = event.segment_of(object);
  const SimTime there = answer.last + answer.round_trip / 2;
  if (there >= end_) {  // the player waits for it to the end
    ++counts.unfinished;
    return;
  }
  ++counts.got;
  counts.by_rendition.resize(event.renditions());
  ++counts.by_rendition[event.rendition_of(object)];
  if (!player.asks) return;  // its cell has left since it asked
  player.asks = 0;
  player.next = segment + 1;
  player.free_at = answer.last;
  if (player.plays) {
    go_on(event, player, segment, there);
  } else {
    start(event, player, segment, there, answer);
  }
  counts.behind_us.add(microseconds(player.plays_zero_at - event.filmed_at(0)));
  ask_next(segments, player, answer);
}

void Players::failed(const ContentClass& content, const ViewerAnswer& answer) {
  LiveCounts& counts = counts_[content.live->event()];
  if (content.live->is_manifest()) {
    counts.came += answer.is_first;
    ++counts.manifests_failed;
  } else {
    player(content.live->event(), answer).asks = 0;
    ++counts.failed;
  }
  // The next regular poll will tell more; after the last there is none.
  const LiveObjects& event = *content.live;
  if (!all_[answer.cell].held || polls_later(event, answer)) return;
  if (answer.last >= event.out_at(event.segments() - 1) + event.window() * event.segment()) return;
  poll_again(event, event.is_manifest() ? content : catalogue_[event.other_class()], answer);
}

// The first segment is in. Who came before anything was out has waited since then only; who begins
// anew has had a dark screen since there was nothing more to play.
void Players::start(const LiveObjects& event, Player& player, std::uint32_t segment, SimTime there,
                    const ViewerAnswer& answer) {
  LiveCounts& counts = counts_[event.event()];
  const bool is_first = !player.started;
  const SimTime dark_since = player.plays_zero_at;
  player.plays = player.started = 1;
  player.plays_zero_at = there - segment * event.segment();
  if (!is_first) return add_dark(there - dark_since, counts);
  if (!came_here(event.event(), answer)) return;
  ++counts.started;
  // A new connection takes two round trips before the first request leaves.
  const SimTime came = viewer(event.event(), answer).comes - answer.round_trip * 5 / 2;
  counts.start_up_us.add(microseconds(there - std::max(came, event.out_at(0))));
}

// One that is late stalls the player, which plays all the rest so much later.
void Players::go_on(const LiveObjects& event, Player& player, std::uint32_t segment,
                    SimTime there) {
  const SimTime wanted = player.plays_zero_at + segment * event.segment();
  if (there <= wanted) return;
  add_dark(there - wanted, counts_[event.event()]);
  player.plays_zero_at += there - wanted;
}

void Players::add_dark(Duration dark, LiveCounts& counts) {
  counts.stalls += dark > kSeen;
  counts.stalled_ns += static_cast<std::uint64_t>(std::max(dark, Duration{0}).count());
}

// Of those who have nothing to play now, until they leave or would have seen all.
void Players::add_dark_until(SimTime now, std::uint16_t number, std::uint16_t cell,
                             LiveCounts& counts) const {
  const std::vector<Player>& players = all_[cell].players[number];
  if (players.empty()) return;
  const LiveObjects& event = audiences_[number].objects();
  const std::span who = viewers(number, cell);
  for (std::size_t i = 0; i < players.size(); ++i) {
    const Player& player = players[i];
    if (!player.started || player.next >= event.segments()) continue;
    const SimTime since =
        player.plays ? player.plays_zero_at + player.next * event.segment() : player.plays_zero_at;
    const SimTime over = since + (event.segments() - player.next) * event.segment();
    add_dark(std::min({now, who[i].leaves, over}) - since, counts);
  }
}

void Players::ask_next(const ContentClass& segments, Player& player, const ViewerAnswer& answer) {
  const LiveObjects& event = *segments.live;
  LiveCounts& counts = counts_[event.event()];
  const std::uint32_t listed = player.listed;
  const std::uint32_t at_end = listed - std::min(listed, event.behind());
  if (!player.begun && listed > 0) {
    player.begun = 1;
    player.next = at_end;
    counts.taken_over += !came_here(event.event(), answer);
  } else if (player.next + event.window() < listed) {  // not listed any more
    counts.skipped += at_end - player.next;
    if (player.plays) player.plays_zero_at += player.next * event.segment();  // dark since then
    player.next = at_end;
    player.plays = 0;
  }
  if (player.next >= listed) return;
  const LiveAudience::Viewer& who = viewer(event.event(), answer);
  const SimTime at = std::max(answer.last, player.free_at) + answer.round_trip;
  if (who.leaves <= at) return;
  player.asks = 1;
  ++counts.asked;
  push_ask(segments, event.object_of(player.next, who.rendition), at, answer);
}

Arrival Players::take_ask() {
  const Arrival ask = asks_.top();
  asks_.pop();
  in_line_ -= !catalogue_[ask.content].live->is_manifest();
  return ask;
}

LiveCounts Players::counts(std::uint16_t event) const {
  LiveCounts counts = counts_[event];
  counts.under_way = counts.asked - counts.got - counts.failed;
  for (std::uint16_t cell = 0; cell < all_.size(); ++cell) {
    add_dark_until(end_, event, cell, counts);
  }
  return counts;
}

}  // namespace cdnsim
