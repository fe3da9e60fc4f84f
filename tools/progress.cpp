#include <cmath>

#include <fmt/format.h>

#include <cdnsim/tools/progress.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

constexpr auto kEvery = std::chrono::milliseconds(200);
constexpr const char* kClearLine = "\r\033[K";

std::string time_left(double wall_s) {
  const auto whole = static_cast<std::int64_t>(std::ceil(wall_s));
  if (whole >= 3600) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
  return whole >= 60 ? fmt::format("{} min {} s", whole / 60, whole % 60)
                     : fmt::format("{} s", whole);
}

}  // namespace

ProgressLine::~ProgressLine() {
  if (shown_) out_ << kClearLine << std::flush;
}

void ProgressLine::show(SimTime reached, Clock::time_point now) {
  if (started_ == Clock::time_point{}) {
    started_ = now;
    started_at_ = reached;
    next_ = now + kEvery;
  }
  if (now < next_) return;
  next_ = now + kEvery;
  const double wall_s = std::chrono::duration<double>(now - started_).count();
  const double done_s = seconds(reached - started_at_);
  const double left_s = seconds(whole_ - reached.time_since_epoch());
  out_ << kClearLine
       << fmt::format("{:3.0f} %  of {} simulated", 100.0 - 100.0 * left_s / seconds(whole_),
                      seconds_text(seconds(whole_)));
  if (done_s > 0) {
    const double speed = done_s / wall_s;
    out_ << fmt::format(", {:.{}f} times real time, {} left", speed, speed < 10 ? 1 : 0,
                        time_left(wall_s * left_s / done_s));
  }
  out_ << std::flush;
  shown_ = true;
}

}  // namespace cdnsim::tools
