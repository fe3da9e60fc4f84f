#include <algorithm>
#include <array>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/sampler/poisson.hpp>
#include <cdnsim/models/workload/demand.hpp>

namespace cdnsim {
namespace {

// Where in the counter a request's block, its spare blocks, those that say in which form it asks,
// and its slot's count are found.
enum Purpose : std::uint32_t { kCount = 0, kRequest = 1, kSpare = 2, kForm = 3 };

Counter counter_of(Purpose purpose, std::uint32_t cell, std::int64_t slot, std::uint32_t index) {
  const auto when = static_cast<std::uint64_t>(slot);
  return Counter{index, static_cast<std::uint32_t>(when),
                 static_cast<std::uint32_t>(when >> 32 << 8 | cell << 2 | purpose), 0};
}

// In which form a request asks for its object. Where the key does not tell the segment, the arrival
// tells it in the place of the object, which the key tells.
void draw_form(const ContentClass& content, DrawKey key, Counter counter, Arrival& arrival) {
  const Forms& forms = content.forms;
  const Bytes object = forms.has_ranges() ? content.size_of(arrival.object) : Bytes{0};
  const Forms::Drawn drawn = forms.draw_form(key, counter, object);
  arrival.key = content.key_of(arrival.object, drawn.form);
  if (forms.cuts()) arrival.object = drawn.segment;
}

// Which object, where its rank does not say it. The block after a request's first is its own too.
void choose_object(const ContentClass& content, DrawKey key, Counter counter,
                   const RegionalOrder& order, Arrival& arrival) {
  counter.d = 1;
  const ObjectChoice::Chosen chosen =
      content.choice.choose(draw(key, counter), arrival.object, order, arrival.at_ns);
  arrival.object = chosen.object;
  arrival.key = content.key_of(chosen.object, chosen.apart);
}

using Mix = std::map<std::string, double>;

// A workload asks for its mix of content, or for the class it brings itself.
Mix mix_of_stream(const std::string& name, const WorkloadSpec& spec, bool is_crowd) {
  return std::visit(
      [&](const auto& w) {
        if constexpr (requires { w.crowd_mix; }) {
          return is_crowd && !w.crowd_mix.empty() ? w.crowd_mix : w.mix;
        } else if constexpr (requires { w.mix; }) {
          return w.mix;
        } else {
          return Mix{{name, 1.0}};
        }
      },
      spec);
}

Mix mix_of_audience(const Mix& mix, const WorkloadSpec& spec, const Audience& audience) {
  return std::visit(
      [&](const auto& w) {
        if constexpr (requires { w.tastes; }) return mix_of(mix, w.tastes, audience);
        return mix;
      },
      spec);
}

const BurstSpec* bursts_of(const WorkloadSpec& spec) {
  return std::visit(
      [](const auto& w) -> const BurstSpec* {
        if constexpr (requires { w.bursts; }) return w.bursts ? &*w.bursts : nullptr;
        return nullptr;
      },
      spec);
}

// Requests per second of one client network at a moment.
double rate_of(const WorkloadSpec& spec, bool is_crowd, const Audience& who, SimTime now) {
  return std::visit(
      [&](const auto& w) {
        if constexpr (requires { w.crowd_rate_of(who, now); }) {
          if (is_crowd) return w.crowd_rate_of(who, now);
        }
        if constexpr (requires { w.rate_of(who, now); }) return w.rate_of(who, now);
        return 0.0;
      },
      spec);
}

bool has_crowd(const WorkloadSpec& spec) {
  return std::visit([](const auto& w) { return requires { w.crowd_mix; }; }, spec);
}

// The audiences with their shares of a workload's demand, which sum to what they did.
template <class Workload>
std::vector<Audience> weighed(const Workload& workload, std::vector<Audience> audiences) {
  if constexpr (requires { workload.weight_in(std::string()); }) {
    double users = 0;
    double weights = 0;
    for (Audience& audience : audiences) {
      users += audience.share;
      audience.share *= workload.weight_in(audience.region);
      weights += audience.share;
    }
    for (Audience& audience : audiences) {
      audience.share = weights > 0 ? audience.share * users / weights : 0;
    }
  }
  return audiences;
}

void add_weights(const Live& live, std::vector<AudienceInfo>& infos) {
  for (AudienceInfo& info : infos) info.audience.share *= live.weight_in(info.audience.region);
}

std::vector<double> shares_of(const Mix& mix) {
  std::vector<double> shares;
  for (const auto& [name, share] : mix) shares.push_back(share);
  return shares;
}

}  // namespace

Demand::Demand(std::uint64_t seed, Duration slot,
               const std::map<std::string, WorkloadSpec>& traffic,
               std::vector<AudienceInfo> audiences, const Catalogue& catalogue)
    : slot_(slot), audiences_(std::move(audiences)), catalogue_(catalogue) {
  for (const auto& [name, spec] : traffic) {
    if (std::holds_alternative<TraceReplay>(spec)) continue;
    if (const Live* live = std::get_if<Live>(&spec)) {
      std::vector<AudienceInfo> watching = audiences_;
      add_weights(*live, watching);
      lives_.emplace_back(seed, name, *live, watching, catalogue_);
      continue;
    }
    add_stream(seed, name, spec, false);
    if (has_crowd(spec)) add_stream(seed, name, spec, true);
  }
}

void Demand::add_stream(std::uint64_t seed, const std::string& name, const WorkloadSpec& spec,
                        bool is_crowd) {
  Stream stream;
  stream.spec = &spec;
  stream.is_crowd = is_crowd;
  for (const auto& [content, share] : mix_of_stream(name, spec, is_crowd)) {
    stream.contents.push_back(catalogue_.index_of_name(content));
  }
  for (const AudienceInfo& info : audiences_) {
    add_audience(seed, name, info.audience, stream);
    stream.audiences.push_back(info.audience);
  }
  std::visit([&](const auto& w) { stream.audiences = weighed(w, std::move(stream.audiences)); },
             spec);
  streams_.push_back(std::move(stream));
}

void Demand::add_audience(std::uint64_t seed, const std::string& name, const Audience& audience,
                          Stream& stream) const {
  const std::string stream_name = stream.is_crowd ? "crowd of " + name : name;
  stream.keys.push_back(draw_key(seed, {"arrivals", stream_name, audience.network}));
  if (bursts_of(*stream.spec) != nullptr) {
    stream.burst_keys.push_back(draw_key(seed, {"bursts", stream_name, audience.network}));
  }
  const Mix mix = mix_of_stream(name, *stream.spec, stream.is_crowd);
  const Mix own = mix_of_audience(mix, *stream.spec, audience);
  // Whoever has no tastes of their own shares the first one.
  if (stream.mixes.empty()) stream.mixes.emplace_back(shares_of(mix));
  stream.mix_of.push_back(own == mix ? 0 : static_cast<std::uint32_t>(stream.mixes.size()));
  if (own != mix) stream.mixes.emplace_back(shares_of(own));
  const auto is_regional = [&](std::uint16_t content) {
    return catalogue_[content].choice.has_regions();
  };
  if (std::ranges::none_of(stream.contents, is_regional)) return;
  std::vector<RegionalOrder> orders;
  for (const std::uint16_t content : stream.contents) {
    orders.push_back(catalogue_[content].choice.order_of(audience.region));
  }
  stream.orders.push_back(std::move(orders));
}

double Demand::mean_in_slot(const Stream& stream, std::size_t audience, std::int64_t slot) const {
  const Audience& who = stream.audiences[audience];
  const auto rate_at = [&](SimTime now) {
    return rate_of(*stream.spec, stream.is_crowd, who, now);
  };
  double rate = rate_at(SimTime{slot * slot_ + slot_ / 2});
  if (!stream.burst_keys.empty() && rate > 0) [[unlikely]] {
    const BurstSpec& bursts = *bursts_of(*stream.spec);
    const std::int64_t stretch = slot * slot_ / bursts.lasts;
    const double expected =
        rate_at(SimTime{stretch * bursts.lasts + bursts.lasts / 2}) * seconds(bursts.lasts);
    rate *= bursts.factor(expected, stream.burst_keys[audience], stretch);
  }
  return rate * seconds(slot_) / audiences_[audience].cells;
}

void Demand::append_arrivals(std::size_t audience, std::span<const LabelledCell> cells,
                             std::int64_t slot, std::vector<Arrival>& out) const {
  for (const Stream& stream : streams_) {
    const double mean = mean_in_slot(stream, audience, slot);
    if (mean <= 0.0) continue;
    for (const LabelledCell cell : cells) append_cell(stream, audience, cell, slot, mean, out);
  }
  for (const LiveAudience& live : lives_) {
    live.append_polls(audience, cells, SimTime{slot * slot_}, SimTime{(slot + 1) * slot_}, out);
  }
}

void Demand::append_cell(const Stream& stream, std::size_t audience, LabelledCell cell,
                         std::int64_t slot, double mean, std::vector<Arrival>& out) const {
  const DrawKey key = stream.keys[audience];
  DrawStream counts(key, counter_of(kCount, cell.cell, slot, 0));
  const std::uint64_t count = poisson(mean, [&] { return counts.next(); });
  const auto slot_ns = static_cast<std::uint64_t>(slot_.count());
  const std::int64_t start_ns = slot * slot_.count();
  const auto new_connections =
      static_cast<std::uint64_t>(audiences_[audience].new_connections * 4294967296.0);
  const Discrete& mix = stream.mixes[stream.mix_of[audience]];
  thread_local std::array<DrawBlock, 64> blocks;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i % blocks.size() == 0) {
      const std::size_t left = std::min<std::size_t>(count - i, blocks.size());
      draw_batch(key, counter_of(kRequest, cell.cell, slot, i), std::span(blocks).first(left));
    }
    const DrawBlock& block = blocks[i % blocks.size()];
    const std::uint64_t bits = block.low64();
    const std::size_t part = mix.pick(block.words[3]);
    const std::uint16_t content = stream.contents[part];
    const ContentClass& klass = catalogue_[content];
    std::uint32_t spare = 0;
    const auto more = [&] {
      Counter counter = counter_of(kSpare, cell.cell, slot, i);
      counter.d = ++spare;
      return draw(key, counter).low64();
    };
    const auto object = static_cast<std::uint32_t>(klass.popularity.sample(bits, more));
    out.push_back(Arrival{start_ns + static_cast<std::int64_t>((block.words[2] * slot_ns) >> 32),
                          klass.key_of(object), object, content,
                          static_cast<std::uint16_t>(cell.label & 0x7fffu),
                          // All bits are spoken for: a hash of them is as good as a fresh draw.
                          (mix64(bits ^ block.high64()) >> 32) < new_connections});
    if (klass.choice.is_drawn()) [[unlikely]] {
      choose_object(klass, key, counter_of(kRequest, cell.cell, slot, i),
                    stream.orders.empty() ? RegionalOrder{} : stream.orders[audience][part],
                    out.back());
    }
    if (klass.formed) [[unlikely]]
      draw_form(klass, key, counter_of(kForm, cell.cell, slot, i), out.back());
  }
}

}  // namespace cdnsim
