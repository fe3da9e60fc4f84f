// Which requests ask for the same form of an object, and which part of it.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <cdnsim/models/workload/catalogue.hpp>
#include <cdnsim/models/workload/forms.hpp>
#include <tests/support/catch.hpp>

namespace forms_test {

using namespace cdnsim;

ContentSpec content(const char* key = nullptr) {
  ContentSpec spec;
  spec.objects = 100;
  spec.size.law = FixedSize{Bytes{1000}};
  spec.origin = "origin";
  if (key != nullptr) spec.key = *parse<KeyRules>(key).value;
  spec.asked.emplace();
  return spec;
}

void add_values(ContentSpec& spec, const std::string& name, std::uint32_t values,
                double share = 1.0) {
  ParameterSpec parameter;
  parameter.values = values;
  parameter.share = Ratio{share};
  spec.asked->parameters[name] = parameter;
}

void add_unique(ContentSpec& spec, const std::string& name, double share = 1.0) {
  ParameterSpec parameter;
  parameter.unique = true;
  parameter.share = Ratio{share};
  spec.asked->parameters[name] = parameter;
}

// Five spellings of three wishes, and requests that say nothing.
void add_codings(ContentSpec& spec) {
  HeaderSpec header;
  header.values = {{"br, gzip", 4}, {"gzip, br", 2}, {"gzip, deflate", 1}, {"identity", 1}};
  header.share = Ratio{0.8};
  spec.asked->headers["accept-encoding"] = header;
}

// How often each form is asked for in so many requests.
std::map<std::uint32_t, int> forms_asked(const Forms& forms, int requests,
                                         Bytes object = Bytes{1000}) {
  std::map<std::uint32_t, int> found;
  for (int i = 0; i < requests; ++i) {
    const Counter counter{static_cast<std::uint32_t>(i), 0, 0, 0};
    ++found[forms.draw_form(DrawKey{5}, counter, object).form];
  }
  return found;
}

TEST_CASE("as many variants as values of what counts") {
  struct Row {
    const char* key;
    std::uint32_t variants;
  };
  const Row row = GENERATE(
      // utm_source: one of 6 or absent; page: one of 4.
      Row{"query=all", 28}, Row{"query=all-but:tracking", 4}, Row{"query=only:utm_source", 7},
      Row{"query=none", 1}, Row{"query=none; vary=accept-encoding", 3},
      Row{"query=none; vary=accept-encoding:given", 5},
      Row{"query=all-but:utm*; vary=accept-encoding", 12}, Row{"query=all; vary=x-device", 28});
  CAPTURE(row.key);
  ContentSpec spec = content(row.key);
  add_values(spec, "utm_source", 6, 0.5);
  add_values(spec, "page", 4);
  add_codings(spec);
  const Forms forms(spec);
  CHECK(forms.known_variants() == row.variants);
  CHECK(!forms.has_unique());
  CHECK(forms.drawn() == (row.variants > 1));
  CHECK(forms_asked(forms, 5000).size() == row.variants);
}

TEST_CASE("without rules every parameter counts and no header does") {
  ContentSpec spec = content();
  add_values(spec, "page", 4);
  add_codings(spec);
  CHECK(Forms(spec).known_variants() == 4);
}

TEST_CASE("variants come as often as what makes them") {
  ContentSpec spec = content("vary=accept-encoding");
  add_codings(spec);
  // br: (4 + 2) / 8 of 80 %; gzip: 1 / 8; the rest says nothing or identity, which is the same.
  const std::map<std::uint32_t, int> found = forms_asked(Forms(spec), 100'000);
  std::vector<int> counts;
  for (const auto& [form, count] : found) counts.push_back(count);
  std::sort(counts.begin(), counts.end());
  REQUIRE(counts.size() == 3);
  // Five standard deviations of 100,000 such draws are 790.
  CHECK(counts[0] == Approx(10'000).margin(500));
  CHECK(counts[1] == Approx(30'000).margin(750));
  CHECK(counts[2] == Approx(60'000).margin(790));
}

TEST_CASE("what is unique and counts is asked for once") {
  ContentSpec spec = content("query=all-but:tracking");
  add_unique(spec, "session", 0.5);
  add_values(spec, "page", 2);
  const Forms forms(spec);
  CHECK(forms.has_unique());
  CHECK(forms.known_variants() == 2);
  int unique = 0;
  for (const auto& [form, count] : forms_asked(forms, 2000)) {
    CHECK(forms.is_unique(form) == (form > 1));
    if (!forms.is_unique(form)) continue;
    CHECK(count == 1);
    ++unique;
  }
  CHECK(unique == Approx(1000).margin(112));
  THEN("left out by the rules it is nothing") {
    spec.key = *parse<KeyRules>("query=all-but:session").value;
    CHECK(!Forms(spec).has_unique());
    CHECK(Forms(spec).known_variants() == 2);
  }
}

TEST_CASE("the same request has the same parameters under any rules") {
  ContentSpec spec = content("query=only:page");
  add_values(spec, "page", 8);
  add_values(spec, "utm_source", 6);
  const Forms few(spec);
  spec.key.reset();
  const Forms all(spec);
  std::map<std::uint32_t, std::set<std::uint32_t>> seen;  // by the form under both
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const Counter counter{i, 0, 0, 0};
    const std::uint32_t fine = all.draw_form(DrawKey{5}, counter, Bytes{1000}).form;
    seen[fine].insert(few.draw_form(DrawKey{5}, counter, Bytes{1000}).form);
  }
  CHECK(seen.size() == 48);
  for (const auto& [fine, coarse] : seen) CHECK(coarse.size() == 1);
}

TEST_CASE("segments cover an object without a gap") {
  ContentSpec spec = content();
  spec.ranges.emplace();
  spec.ranges->segment = Bytes{300};
  const Forms forms(spec);
  CHECK(forms.count() == 4);
  std::int64_t next = 0;
  for (std::uint32_t segment = 0; segment < 4; ++segment) {
    const BytePart part = forms.part_of(segment, Bytes{1000});
    CHECK(part.from == Bytes{next});
    next += part.bytes.count();
    CHECK(forms.bytes_of(segment, Bytes{1000}) == (segment < 3 ? Bytes{300} : Bytes{100}));
  }
  CHECK(next == 1000);
  CHECK(forms_asked(forms, 1000).size() == 4);
  CHECK(forms_asked(forms, 1000, Bytes{600}).size() == 2);
  CHECK(forms_asked(forms, 1000, Bytes{601}).size() == 3);
}

TEST_CASE("the first segments come most often where they follow Zipf's law") {
  ContentSpec spec = content();
  spec.ranges.emplace();
  spec.ranges->segment = Bytes{100};
  spec.ranges->from.zipf_exponent = 1.0;
  const std::map<std::uint32_t, int> found = forms_asked(Forms(spec), 100'000);
  // 1 + 1/2 + ... + 1/10 = 2.928968; five standard deviations are 750 at most.
  for (std::uint32_t segment = 0; segment < 10; ++segment) {
    CHECK(found.at(segment) == Approx(100'000 / 2.928968 / (segment + 1)).margin(750));
  }
}

TEST_CASE("each variant of each segment has a form") {
  ContentSpec spec = content();
  add_values(spec, "quality", 3);
  spec.ranges.emplace();
  spec.ranges->segment = Bytes{250};
  spec.ranges->lasts = 4s;
  const Forms forms(spec);
  CHECK(forms.count() == 12);
  CHECK(forms_asked(forms, 5000).size() == 12);
  CHECK(forms.starts_at(0) == Duration{0});
  CHECK(forms.starts_at(7) == Duration{12s});  // variant 1, segment 3
  THEN("kept as a whole it has its variants alone") {
    spec.ranges->cache = RangeCaching::whole;
    CHECK(Forms(spec).count() == 3);
    CHECK(forms_asked(Forms(spec), 5000).size() == 3);
    CHECK(Forms(spec).cuts());
  }
}

TEST_CASE("a key tells its object and its form") {
  ContentSpec spec = content();
  spec.objects = 4'000'000'000;
  const Catalogue catalogue(1, {{"pages", spec}}, {});
  const ContentClass& pages = catalogue[0];
  for (const std::uint32_t object : {0u, 1u, 77u, 3'999'999'999u}) {
    CHECK(pages.key_of(object, 0) == pages.key_of(object));
    for (const std::uint32_t form : {0u, 1u, 4711u, ~0u}) {
      CHECK(pages.object_of(pages.key_of(object, form)) == object);
      CHECK(pages.form_of(pages.key_of(object, form)) == form);
    }
  }
}

TEST_CASE("what became of each form is remembered apart where there are few") {
  ContentSpec spec = content();
  add_values(spec, "page", 4);
  const Catalogue catalogue(1, {{"pages", spec}}, {});
  std::set<std::uint32_t> numbers;
  for (std::uint32_t object = 0; object < 100; ++object) {
    for (std::uint32_t form = 0; form < 4; ++form) {
      numbers.insert(catalogue[0].number_of(catalogue[0].key_of(object, form), object));
    }
  }
  CHECK(numbers.size() == 400);
  CHECK(*numbers.rbegin() == 399);
}

TEST_CASE("too many combinations are a mistake, just not too many are none") {
  ContentSpec spec = content("query=none");
  add_values(spec, "a", 64);
  add_values(spec, "b", 64);
  CHECK(!forms_problem(spec));
  add_unique(spec, "c");
  CHECK(!forms_problem(spec));  // it is there every time
  add_unique(spec, "c", 0.5);
  CHECK(forms_problem(spec)->pointer == "/asked");
}

TEST_CASE("requests that are each a variant of its own have a million numbers at least") {
  // An object has 2^32 numbers: 4096 segments leave 2^20 of them for each.
  ContentSpec spec = content();
  spec.size.law = FixedSize{Bytes{4096 * 1000}};
  add_unique(spec, "session");
  spec.ranges.emplace();
  spec.ranges->segment = Bytes{1000};
  CHECK(!forms_problem(spec));
  spec.size.law = FixedSize{Bytes{4097 * 1000}};
  CHECK(forms_problem(spec)->pointer == "/ranges/segment");
}

}  // namespace forms_test
