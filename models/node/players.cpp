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
                 std::span<const HeldCell> cells)
    : audiences_(audiences),
      catalogue_(catalogue),
      cells_(cells),
      players_(audiences.size(), std::vector<std::vector<Player>>(cells.size())),
      counts_(audiences.size()) {}

const LiveAudience::Viewer& Players::viewer(std::uint16_t event, const ViewerAnswer& answer) const {
  const HeldCell cell = cells_[answer.cell];
  return audiences_[event].viewers(cell.audience, cell.cell)[answer.viewer];
}

Players::Player& Players::player(std::uint16_t event, const ViewerAnswer& answer) {
  std::vector<Player>& of_cell = players_[event][answer.cell];
  if (of_cell.empty()) {
    const HeldCell cell = cells_[answer.cell];
    of_cell.resize(audiences_[event].viewers(cell.audience, cell.cell).size());
  }
  return of_cell[answer.viewer];
}

void Players::note_first(Player& player, const ViewerAnswer& answer, LiveCounts& counts) const {
  if (!answer.is_first) return;
  player.came = 1;
  ++counts.came;
}

void Players::got_manifest(const ContentClass& manifests, const ViewerAnswer& answer,
                           SimTime made_at) {
  const LiveObjects& event = *manifests.live;
  LiveCounts& counts = counts_[event.event()];
  Player& player = this->player(event.event(), answer);
  note_first(player, answer, counts);
  ++counts.manifests_got;
  const std::uint32_t listed = event.out_by(made_at);
  if (listed <= player.listed) {
    ++counts.manifests_without_news;
    if (player.listed < event.out_by(answer.last)) poll_again(event, manifests, answer);
  } else {
    player.listed = listed & ((1u << 28) - 1);
  }
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

void Players::push_ask(const ContentClass& content, std::uint32_t object, SimTime at,
                       const ViewerAnswer& answer) {
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
  player.asks = 0;
  player.next = segment + 1;
  ++counts.got;
  counts.by_rendition.resize(event.renditions());
  ++counts.by_rendition[event.rendition_of(object)];
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
  Player& player = this->player(content.live->event(), answer);
  if (content.live->is_manifest()) {
    note_first(player, answer, counts);
    ++counts.manifests_failed;
    return;
  }
  player.asks = 0;
  ++counts.failed;
}

// The first segment is in. Who came before anything was out has waited since then only.
void Players::start(const LiveObjects& event, Player& player, std::uint32_t segment, SimTime there,
                    const ViewerAnswer& answer) {
  LiveCounts& counts = counts_[event.event()];
  player.plays = 1;
  player.plays_zero_at = there - segment * event.segment();
  if (!player.came) return;
  player.came = 0;  // whoever starts again later has not come anew
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
  LiveCounts& counts = counts_[event.event()];
  counts.stalls += there - wanted > kSeen;
  counts.stalled_ns += static_cast<std::uint64_t>((there - wanted).count());
  player.plays_zero_at += there - wanted;
}

void Players::ask_next(const ContentClass& segments, Player& player, const ViewerAnswer& answer) {
  const LiveObjects& event = *segments.live;
  LiveCounts& counts = counts_[event.event()];
  const std::uint32_t listed = player.listed;
  const std::uint32_t at_end = listed - std::min(listed, event.behind());
  if (!player.begun && listed > 0) {
    player.begun = 1;
    counts.taken_over += !player.came;
    player.next = at_end;
  } else if (player.next + event.window() < listed) {  // not listed any more
    counts.skipped += at_end - player.next;
    player.next = at_end;
    player.plays = 0;
  }
  if (player.next >= listed) return;
  const LiveAudience::Viewer& who = viewer(event.event(), answer);
  const SimTime at = answer.last + answer.round_trip;
  if (who.leaves <= at) return;
  player.asks = 1;
  ++counts.asked;
  push_ask(segments, event.object_of(player.next, who.rendition), at, answer);
}

Arrival Players::take_ask() {
  const Arrival ask = asks_.top();
  asks_.pop();
  return ask;
}

LiveCounts Players::counts(std::uint16_t event) const {
  LiveCounts counts = counts_[event];
  for (const std::vector<Player>& cell : players_[event]) {
    counts.under_way += static_cast<std::uint64_t>(
        std::ranges::count_if(cell, [](const Player& player) { return player.asks != 0; }));
  }
  return counts;
}

}  // namespace cdnsim
