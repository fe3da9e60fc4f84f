#include <array>
#include <csignal>

#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t received = 0;
std::array<struct sigaction, kSignals.size()> before{};

extern "C" void remember_signal(int signal) { received = signal; }

}  // namespace

SignalWatch::SignalWatch() {
  received = 0;
  struct sigaction action{};
  action.sa_handler = remember_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before[i]);
    // Who ignores a signal (nohup) goes on ignoring it.
    if (before[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
  }
}

SignalWatch::~SignalWatch() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
}

void SignalWatch::poll() const {
  if (received != 0) throw Interrupted(received);
}

}  // namespace cdnsim::tools
