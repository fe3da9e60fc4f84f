#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

Catalogue::Catalogue(std::uint64_t seed, const std::map<std::string, ContentSpec>& content,
                     const std::map<std::string, WorkloadSpec>& traffic) {
  for (const auto& [name, spec] : content) add(seed, name, spec);
  for (const auto& [name, workload] : traffic) {
    std::visit(
        [&](const auto& w) {
          if constexpr (requires { w.own_content(); }) add(seed, name, w.own_content());
        },
        workload);
    if (const auto* live = std::get_if<Live>(&workload)) add_live(seed, name, *live);
    if (const auto* trace = std::get_if<TraceReplay>(&workload)) {
      ContentClass& asked = classes_[index_of_name(trace->content)];
      asked.traced = true;
      asked.numbers_elsewhere = true;
    }
  }
}

void Catalogue::add(std::uint64_t seed, const std::string& name, const ContentSpec& spec) {
  ContentClass content{name,
                       spec,
                       Popularity(spec.objects, spec.popularity),
                       draw_key(seed, {"object keys", name}).value,
                       draw_key(seed, {"object sizes", name}),
                       draw_key(seed, {"object lots", name})};
  content.spec.cache_control = spec.effective_cache_control();
  content.forms = Forms(spec);
  content.formed = content.forms.drawn();
  content.choice = ObjectChoice(spec, content.lots);
  content.numbers_elsewhere = content.forms.cuts();
  classes_.push_back(std::move(content));
}

void Catalogue::add_live(std::uint64_t seed, const std::string& name, const Live& live) {
  const auto first = static_cast<std::uint16_t>(classes_.size());
  const std::vector<std::string> names = Live::own_classes(name);
  add(seed, names[0], live.segments_content());
  add(seed, names[1], live.manifests_content());
  const auto second = static_cast<std::uint16_t>(first + 1);
  classes_[first].live.emplace(live, LivePart::segments, live_events_, first, second);
  classes_[second].live.emplace(live, LivePart::manifests, live_events_, second, first);
  classes_[first].numbers_elsewhere = classes_[second].numbers_elsewhere = true;
  ++live_events_;
}

std::uint32_t ContentClass::number_of_form(std::uint64_t key) const {
  constexpr std::uint64_t kMostByForm = std::uint64_t{1} << 24;
  constexpr unsigned kNumberBits = 26;
  const std::uint32_t form = form_of(key);
  // Where objects come and go, nobody knows how many there will be.
  const bool has_few =
      forms.count() == 1 || (!spec.churn && forms.count() <= kMostByForm / spec.objects);
  if (has_few && !forms.is_unique(form)) {
    return static_cast<std::uint32_t>(form * spec.objects + object_of(key));
  }
  // Beyond those that have numbers of their own.
  return static_cast<std::uint32_t>(kMostByForm + (mix64(key) >> (64 - kNumberBits)));
}

std::uint16_t Catalogue::index_of_name(const std::string& name) const {
  const auto found = std::find_if(classes_.begin(), classes_.end(),
                                  [&](const ContentClass& c) { return c.name == name; });
  CDNSIM_ASSERT(found != classes_.end(), "content classes are checked when the scenario is read");
  return static_cast<std::uint16_t>(found - classes_.begin());
}

}  // namespace cdnsim
