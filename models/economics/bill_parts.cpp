#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/bill_parts.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim {
namespace {

bool says_something(std::span<const std::int64_t> weights) { return capped_sum(weights) > 0; }

// By the first weights that say something.
void add_by(CostParts& parts, Money amount, const std::vector<std::int64_t>& own,
            const std::vector<std::int64_t>& around, const std::vector<std::int64_t>& all) {
  for (const auto* weights : {&own, &around, &all}) {
    if (!says_something(*weights)) continue;
    CDNSIM_ASSERT(weights->size() == parts.parts.size(), "a weight for each part");
    const std::vector<Money> shares = split(amount, *weights);
    for (std::size_t i = 0; i < shares.size(); ++i) parts.parts[i] += shares[i];
    return;
  }
  parts.unassigned += amount;
}

// Equal parts where no byte tells the members apart.
std::vector<Money> split_by_bytes(Money amount, std::span<const Int128> bytes) {
  const std::vector<std::int64_t> weights = as_weights(bytes);
  if (says_something(weights)) return split(amount, weights);
  return split(amount, std::vector<std::int64_t>(bytes.size(), 1));
}

}  // namespace

CostSplitter::CostSplitter(const BillInputs& inputs)
    : inputs_(inputs),
      links_(inputs.links.size()),
      sites_{std::vector<Money>(inputs.sites.size()), Money{0}},
      isps_{std::vector<Money>(inputs.isps.size()), Money{0}},
      classes_{std::vector<Money>(inputs.classes.size()), Money{0}} {}

void CostSplitter::add_shares(Money amount, const ByteShares& own, const ByteShares& around) {
  add_by(classes_, amount, own.by_class, around.by_class, inputs_.served.by_class);
  add_by(isps_, amount, own.by_isp, around.by_isp, inputs_.served.by_isp);
}

void CostSplitter::add_links(Money amount, std::span<const std::size_t> links,
                             std::span<const Int128> bytes) {
  const std::vector<Money> parts = split_by_bytes(amount, bytes);
  for (std::size_t i = 0; i < links.size(); ++i) {
    const LinkInput& link = inputs_.links[links[i]];
    links_[links[i]] += parts[i];
    (link.site ? sites_.parts[*link.site] : sites_.unassigned) += parts[i];
    ByteShares own = link.shares;
    if (link.isp) {
      // All that it carries is for the network behind it.
      own.by_isp.assign(inputs_.isps.size(), 0);
      own.by_isp[*link.isp] = 1;
    }
    add_shares(parts[i], own, link.site ? inputs_.sites[*link.site].shares : ByteShares{});
  }
}

void CostSplitter::add_site(Money amount, std::size_t site) {
  sites_.parts[site] += amount;
  add_shares(amount, inputs_.sites[site].shares, {});
}

void CostSplitter::add_origins(Money amount, std::span<const std::size_t> origins,
                               std::span<const Int128> bytes) {
  const std::vector<Money> parts = split_by_bytes(amount, bytes);
  for (std::size_t i = 0; i < origins.size(); ++i) {
    sites_.unassigned += parts[i];
    add_shares(parts[i], inputs_.origins[origins[i]].shares, {});
  }
}

void CostSplitter::write_to(Bill& bill) const {
  for (std::size_t i = 0; i < links_.size(); ++i) bill.links[i].cost = links_[i];
  bill.by_site = sites_;
  bill.by_isp = isps_;
  bill.no_class = classes_.unassigned;
  for (std::size_t i = 0; i < classes_.parts.size(); ++i) {
    bill.classes[i].cost = classes_.parts[i];
  }
}

}  // namespace cdnsim
