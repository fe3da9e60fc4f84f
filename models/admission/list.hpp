// The admission policies there are, one line each.
// Does not know who chooses among them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/models/admission/adaptsize.hpp>
#include <cdnsim/models/admission/bloom.hpp>
#include <cdnsim/models/admission/nth.hpp>
#include <cdnsim/models/admission/probability.hpp>
#include <cdnsim/models/admission/size.hpp>
#include <cdnsim/models/admission/tinylfu.hpp>

namespace cdnsim {

using Admissions = PolicyList<  //
    AdmitAll,                   //
    AdaptSize,                  //
    BloomAdmission,             //
    NthAdmission,               //
    ProbabilityAdmission,       //
    SizeAdmission,              //
    TinyLfuAdmission>;

// Any of them, chosen when the program runs.
using AnyAdmission = AdmissionChoiceOf<Admissions>;

// Their names, sorted.
inline std::vector<std::string_view> admission_names() { return names_of(Admissions{}); }

// The one that `text` names, or what is wrong with `text`.
inline Parsed<AnyAdmission> make_admission(const PolicyText& text) {
  Parsed<AnyAdmission> made;
  made.problem = with_policy(Admissions{}, "admission policy", text,
                             [&](auto admission) { made.value.emplace(std::move(admission)); });
  return made;
}

}  // namespace cdnsim
