#include <limits>

#include <cdnsim/assembly/hot_summary.hpp>

namespace cdnsim::assembly {

std::vector<HotResult> hot_of(const std::vector<HotListing>& listings, const Catalogue& catalogue) {
  std::vector<HotResult> results;
  for (const HotListing& listing : listings) {
    const ContentClass& content = catalogue[listing.content];
    HotResult hot;
    hot.content = content.name;
    hot.object = content.object_of(listing.key);
    hot.listed_at_s = seconds(listing.listed_at - kTimeZero);
    hot.unlisted_at_s = listing.unlisted_at == SimTime::max()
                            ? std::numeric_limits<double>::quiet_NaN()
                            : seconds(listing.unlisted_at - kTimeZero);
    hot.detection_s = seconds(listing.listed_at - listing.first_hot);
    hot.peak_rps = listing.peak;
    hot.requests = listing.requests;
    hot.replica_fills = listing.fills;
    for (const auto& [server, requests] : listing.by_server) {
      hot.by_server.push_back(HotServer{server, requests});
    }
    hot.busiest_server_rps_before = listing.busiest.front();
    hot.busiest_server_rps_after = listing.busiest_after;
    hot.busiest_server_rps = listing.busiest;
    results.push_back(std::move(hot));
  }
  return results;
}

}  // namespace cdnsim::assembly
