#include <cmath>

#include <fmt/format.h>

#include <cdnsim/tools/progress.hpp>

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

void ProgressLine::show(double share, Clock::time_point now) {
  if (started_ == Clock::time_point{}) {
    started_ = now;
    started_at_ = share;
    next_ = now + kEvery;
  }
  if (now < next_) return;
  next_ = now + kEvery;
  const double wall_s = std::chrono::duration<double>(now - started_).count();
  const double done = share - started_at_;
  out_ << kClearLine << fmt::format("{:3.0f} %", 100.0 * share) << describe_(done, wall_s);
  if (done > 0) out_ << fmt::format(", {} left", time_left(wall_s * (1.0 - share) / done));
  out_ << std::flush;
  shown_ = true;
}

}  // namespace cdnsim::tools
