#include <algorithm>
#include <numeric>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/base/sampler/discrete.hpp>
#include <cdnsim/models/workload/live_audience.hpp>

namespace cdnsim {
namespace {

enum LivePurpose : std::uint32_t { kComes = 0, kGoes = 1, kWatches = 2 };

Duration part_of(Duration whole, double share) {
  return Duration{static_cast<std::int64_t>(static_cast<double>(whole.count()) * share)};
}

double unit32(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

// The middle one of three even draws has the distribution 3u^2 - 2u^3.
double middle(double a, double b, double c) {
  return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

// Draws what one viewer does.
class ViewerDraws {
 public:
  ViewerDraws(const Live& live, const Audience& who, DrawKey key)
      : live_(live), line_(static_cast<double>(who.line.count())), key_(key) {
    std::vector<double> weights;
    for (const auto& [name, rendition] : live.rungs()) {
      bitrates_.push_back(static_cast<double>(rendition.bitrate.count()));
      weights.push_back(rendition.screens);
    }
    if (std::accumulate(weights.begin(), weights.end(), 0.0) <= 0) weights.back() = 1;
    screens_.emplace(weights);
  }

  LiveAudience::Viewer viewer(std::uint32_t number) const {
    LiveAudience::Viewer viewer;
    const DrawBlock comes = block(number, kComes);
    const DrawBlock goes = block(number, kGoes);
    const bool is_late = unit32(comes.words[3]) < live_.late.value();
    viewer.comes = SimTime{live_.starts};
    if (is_late) {
      viewer.comes += part_of(live_.lasts, unit32(comes.words[0]));
    } else {
      viewer.comes += part_of(live_.ramp, middle(unit32(comes.words[0]), unit32(comes.words[1]),
                                                 unit32(comes.words[2]))) -
                      live_.doors;
    }
    viewer.comes = std::max(viewer.comes, SimTime{});
    viewer.leaves = leaves(viewer.comes, goes);
    viewer.phase = part_of(live_.phases(), unit32(goes.words[1]));
    const DrawBlock watches = block(number, kWatches);
    const double part = line_ * unit32(watches.words[0]);
    viewer.line = BitRate{std::max<std::int64_t>(static_cast<std::int64_t>(part), 1000)};
    viewer.rendition = rendition(part, watches.words[1]);
    return viewer;
  }

 private:
  DrawBlock block(std::uint32_t number, LivePurpose purpose) const {
    return draw(key_, Counter{number, purpose, 0, 0});
  }

  SimTime leaves(SimTime comes, const DrawBlock& lot) const {
    if (!live_.drop_off || unit32(lot.words[2]) < live_.stay.value()) return SimTime::max();
    return comes + part_of(*live_.drop_off, -math::log(unit32(lot.words[0])));
  }

  // The highest that the screen shows and the line carries; the lowest if it carries none.
  std::uint32_t rendition(double line, std::uint32_t lot) const {
    const double room = line * live_.headroom.value();
    auto rung = static_cast<std::uint32_t>(screens_->pick(lot));
    while (rung > 0 && bitrates_[rung] > room) --rung;
    return rung;
  }

  const Live& live_;
  double line_;
  DrawKey key_;
  std::vector<double> bitrates_;
  std::optional<Discrete> screens_;
};

}  // namespace

LiveAudience::LiveAudience(std::uint64_t seed, const std::string& name, const Live& live,
                           std::span<const AudienceInfo> audiences, const Catalogue& catalogue)
    : content_(catalogue.index_of_name(Live::own_classes(name)[1])) {
  manifests_ = &catalogue[content_];
  double shares = 0;
  for (const AudienceInfo& info : audiences) shares += info.audience.share;
  // Rounded so that all together are as many as the scenario says.
  double before = 0;
  const auto count_until = [&](double share) {
    return shares > 0 ? static_cast<std::uint64_t>(
                            static_cast<double>(live.viewers) * (share / shares) + 0.5)
                      : 0;
  };
  viewers_.reserve(live.viewers);
  order_.reserve(live.viewers);
  for (const AudienceInfo& info : audiences) {
    const double after = before + info.audience.share;
    add_audience(seed, name, live, info, count_until(after) - count_until(before));
    before = after;
  }
}

void LiveAudience::add_audience(std::uint64_t seed, const std::string& name, const Live& live,
                                const AudienceInfo& info, std::uint64_t count) {
  const ViewerDraws draws(live, info.audience,
                          draw_key(seed, {"viewers", name, info.audience.network}));
  std::vector<std::size_t> begins;
  std::uint32_t number = 0;
  for (std::uint32_t cell = 0; cell < info.cells; ++cell) {
    const std::size_t first = viewers_.size();
    begins.push_back(first);
    for (const std::uint64_t until = count * (cell + 1) / info.cells; number < until; ++number) {
      viewers_.push_back(draws.viewer(number));
    }
    const std::span mine = std::span(viewers_).subspan(first);
    std::ranges::stable_sort(mine, {}, &Viewer::phase);
    order_.resize(viewers_.size());
    const std::span order = std::span(order_).subspan(first);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return mine[i].comes; });
  }
  begins.push_back(viewers_.size());
  cells_.push_back(std::move(begins));
}

std::span<const LiveAudience::Viewer> LiveAudience::viewers(std::size_t audience,
                                                            std::uint32_t cell) const {
  const std::vector<std::size_t>& begins = cells_[audience];
  return std::span(viewers_).subspan(begins[cell], begins[cell + 1] - begins[cell]);
}

void LiveAudience::append_polls(std::size_t audience, std::span<const LabelledCell> cells,
                                SimTime from, SimTime until, std::vector<Arrival>& out) const {
  const std::vector<std::size_t>& begins = cells_[audience];
  for (const LabelledCell cell : cells) {
    const std::size_t first = begins[cell.cell];
    append_cell(first, begins[cell.cell + 1] - first, cell.label, from, until, out);
  }
}

void LiveAudience::append_cell(std::size_t first, std::size_t count, std::uint16_t label,
                               SimTime from, SimTime until, std::vector<Arrival>& out) const {
  const LiveObjects& event = *manifests().live;
  const std::span mine = std::span(viewers_).subspan(first, count);
  const std::span order = std::span(order_).subspan(first, count);
  const auto comes = [&](std::uint32_t i) { return mine[i].comes; };
  const SimTime last_out = event.out_at(event.segments() - 1);
  // The first poll is a viewer's own.
  for (auto next = std::ranges::lower_bound(order, from, {}, comes);
       next != order.end() && comes(*next) < std::min(until, last_out); ++next) {
    append_poll(first + *next, first, comes(*next), true, label, out);
  }
  // Then one after each segment that is listed later. A phase is shorter than a segment lasts.
  const std::uint32_t listed = event.out_by(until - Duration{1});
  for (std::uint32_t segment = std::max(event.out_by(from), 1u) - 1; segment < listed; ++segment) {
    const SimTime out_at = event.out_at(segment);
    const auto phase_from = std::ranges::lower_bound(mine, from - out_at, {}, &Viewer::phase);
    for (auto viewer = phase_from; viewer != mine.end() && out_at + viewer->phase < until;
         ++viewer) {
      const SimTime at = out_at + viewer->phase;
      if (viewer->comes >= out_at || viewer->leaves <= at) continue;
      append_poll(first + static_cast<std::size_t>(viewer - mine.begin()), first, at, false, label,
                  out);
    }
  }
}

void LiveAudience::append_poll(std::size_t viewer, std::size_t first, SimTime at, bool is_first,
                               std::uint16_t label, std::vector<Arrival>& out) const {
  const std::uint32_t rendition = viewers_[viewer].rendition;
  out.push_back(Arrival{at.time_since_epoch().count(), manifests().key_of(rendition),
                        static_cast<std::uint32_t>(viewer - first), content_,
                        static_cast<std::uint16_t>(label & 0x7fffu), is_first});
}

}  // namespace cdnsim
