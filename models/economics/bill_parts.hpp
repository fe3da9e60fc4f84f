// Who causes what a bill has lines for: each amount is split over links, sites, ISPs and classes.
// Does not know tariffs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/economics/bill.hpp>

namespace cdnsim {

// Adds up parts while a bill is made. Every amount that goes in comes out exactly once in each
// view.
class CostSplitter {
 public:
  explicit CostSplitter(const BillInputs& inputs);

  // An amount for several links together, by the bytes that each carried in the month.
  void add_links(Money amount, std::span<const std::size_t> links, std::span<const Int128> bytes);
  void add_site(Money amount, std::size_t site);
  void add_origins(Money amount, std::span<const std::size_t> origins,
                   std::span<const Int128> bytes);

  void write_to(Bill& bill) const;

 private:
  void add_shares(Money amount, const ByteShares& own, const ByteShares& around);

  const BillInputs& inputs_;
  std::vector<Money> links_;
  CostParts sites_, isps_, classes_;
};

}  // namespace cdnsim
