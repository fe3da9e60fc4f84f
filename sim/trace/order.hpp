// What all readers ask of a trace: time does not go back, and there is something in it.
// Does not know formats.
#pragma once

#include <string>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {

class TraceOrder {
 public:
  TraceOrder(std::string path, std::string_view format, bool skip_bad)
      : path_(std::move(path)), format_(format), skip_bad_(skip_bad) {}

  // Whether the request belongs to the trace. `place` makes the text of where it stands.
  template <class Place>
  bool takes(const TraceRequest& request, Place&& place) {
    is_empty_ = false;
    if (request.at < latest_) [[unlikely]] {
      omissions_.bad += skip_bad_;  // without a text that nobody reads
      if (skip_bad_) return false;
      reject(place(),
             fmt::format("time goes back from {} to {}", to_text(latest_.time_since_epoch()),
                         to_text(request.at.time_since_epoch())));
    }
    latest_ = request.at;
    omissions_.empty += request.bytes == 0;
    return request.bytes != 0;
  }

  // Requests were taken in that nothing is wrong with, the last of them at `latest`.
  void took_up_to(SimTime latest) {
    is_empty_ = false;
    latest_ = latest;
  }
  SimTime latest() const { return latest_; }

  // Throws, or counts what is bad when such is skipped.
  void reject(const std::string& place, const std::string& problem) {
    is_empty_ = false;
    if (!skip_bad_) {
      throw UserError(
          fmt::format("{}{}: {}; is it another format than {}?", path_, place, problem, format_));
    }
    ++omissions_.bad;
  }

  void end() const { CDNSIM_REQUIRE_USER(!is_empty_, path_ + ": is empty"); }
  // With `more` bad ones that others found.
  TraceOmissions omissions(std::uint64_t more) const {
    return {omissions_.empty, omissions_.bad + more};
  }

 private:
  std::string path_;
  std::string_view format_;
  bool skip_bad_;
  bool is_empty_ = true;
  SimTime latest_ = SimTime::min();
  TraceOmissions omissions_;
};

}  // namespace cdnsim
