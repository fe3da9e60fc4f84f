// Ctrl-C and its like as an exception, so that half-written output is removed on the way out.
// Does not know what is running.
#pragma once

namespace cdnsim::tools {

// Not a std::exception: no handler of mistakes is meant to catch it.
class Interrupted {
 public:
  explicit Interrupted(int signal) : signal_(signal) {}
  int signal() const { return signal_; }

 private:
  int signal_;
};

// From here on the first SIGINT, SIGTERM or SIGHUP is remembered; a second one ends the program at
// once, as without this.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // Throws Interrupted when there was one. Cheap enough to be called often.
  void poll() const;
};

}  // namespace cdnsim::tools
