#include <limits>

#include <cdnsim/assembly/bill_inputs.hpp>
#include <cdnsim/assembly/span_bill.hpp>
#include <cdnsim/base/int128.hpp>

namespace cdnsim::assembly {
namespace {

// A month in which nothing changes from one five minutes to the next.
BillingSpec without_changes(const BillingSpec& billing) {
  BillingSpec steady = billing;
  steady.month = MonthSpec{billing.month.days(), 0, 0, 1.0};
  steady.profile = Curve::constant();
  steady.run_hour = RunHour::mean;
  steady.event.reset();
  return steady;
}

}  // namespace

double month_like(const Scenario& scenario, const Network& network, const SpanWatch::Span& span) {
  if (!scenario.billing || span.counts.seconds == 0) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const Topology& topology = network.plan->topology;
  const auto bins = [&](const std::vector<std::int64_t>& bytes, std::uint32_t link,
                        std::uint32_t direction) {
    const std::size_t port = PortLoads::index_of({link, direction == 0});
    const Int128 in_bin = static_cast<Int128>(bytes[port]) * (kBillingBin / Duration{1s});
    return std::vector{static_cast<std::int64_t>(in_bin / span.counts.seconds)};
  };
  BinnedPorts ports;
  ports.run.count = 1;
  ports.own = [&](std::uint32_t link, std::uint32_t direction) {
    return bins(span.carried, link, direction);
  };
  ports.billed = [&](std::uint32_t link, std::uint32_t direction) {
    const std::optional<BackgroundSpec>& background = topology.links()[link].spec.background;
    return bins(background && background->billed ? span.carried_in_all : span.carried, link,
                direction);
  };
  BillInputs inputs = bill_inputs(scenario, network, ports);
  inputs.billing = without_changes(inputs.billing);
  return static_cast<double>(make_bill(inputs).total.count()) / 1e9;
}

}  // namespace cdnsim::assembly
