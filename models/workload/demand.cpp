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

// A workload asks for its mix of content, or for the class it brings itself.
std::map<std::string, double> mix_of(const std::string& name, const WorkloadSpec& spec) {
  return std::visit(
      [&](const auto& w) {
        if constexpr (requires { w.mix; }) {
          return w.mix;
        } else {
          return std::map<std::string, double>{{name, 1.0}};
        }
      },
      spec);
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

std::vector<double> shares_of(const std::map<std::string, double>& mix) {
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
    Stream stream{&spec, {}, Discrete(std::vector<double>{1.0}), {}, {}};
    for (const AudienceInfo& info : audiences_) stream.audiences.push_back(info.audience);
    std::visit([&](const auto& w) { stream.audiences = weighed(w, std::move(stream.audiences)); },
               spec);
    for (const auto& [content, share] : mix_of(name, spec)) {
      stream.contents.push_back(catalogue.index_of_name(content));
    }
    stream.mix = Discrete(shares_of(mix_of(name, spec)));
    for (const AudienceInfo& info : audiences_) {
      stream.keys.push_back(draw_key(seed, {"arrivals", name, info.audience.network}));
    }
    streams_.push_back(std::move(stream));
  }
}

double Demand::mean_in_slot(const Stream& stream, std::size_t audience, std::int64_t slot) const {
  const Audience& who = stream.audiences[audience];
  const SimTime middle{slot * slot_ + slot_ / 2};
  const double rate = std::visit(
      [&](const auto& w) {
        if constexpr (requires { w.rate_of(who, middle); }) return w.rate_of(who, middle);
        return 0.0;
      },
      *stream.spec);
  return rate * seconds(slot_) / audiences_[audience].cells;
}

void Demand::append_arrivals(std::size_t audience, std::span<const LabelledCell> cells,
                             std::int64_t slot, std::vector<Arrival>& out) const {
  for (const Stream& stream : streams_) {
    const double mean = mean_in_slot(stream, audience, slot);
    if (mean <= 0.0) continue;
    for (const LabelledCell cell : cells) append_cell(stream, audience, cell, slot, mean, out);
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
  thread_local std::array<DrawBlock, 64> blocks;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i % blocks.size() == 0) {
      const std::size_t left = std::min<std::size_t>(count - i, blocks.size());
      draw_batch(key, counter_of(kRequest, cell.cell, slot, i), std::span(blocks).first(left));
    }
    const DrawBlock& block = blocks[i % blocks.size()];
    const std::uint64_t bits = block.low64();
    const std::uint16_t content = stream.contents[stream.mix.pick(block.words[3])];
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
    if (klass.formed) [[unlikely]]
      draw_form(klass, key, counter_of(kForm, cell.cell, slot, i), out.back());
  }
}

}  // namespace cdnsim
