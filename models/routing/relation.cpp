#include <cdnsim/models/routing/relation.hpp>

namespace cdnsim {
namespace {

enum class Group { cdn, network, provider, exchange };

Group group_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::client_network: return Group::network;
    case PlaceKind::transit_provider: return Group::provider;
    case PlaceKind::ixp: return Group::exchange;
    case PlaceKind::pop:
    case PlaceKind::shield:
    case PlaceKind::origin:
    case PlaceKind::embedded_cache: break;
  }
  return Group::cdn;
}

Relation transit_relation(PlaceKind from, PlaceKind to) {
  if (to == PlaceKind::transit_provider) return Relation::from_buys;
  if (from == PlaceKind::transit_provider) return Relation::to_buys;
  const bool networks = from == PlaceKind::client_network && to == PlaceKind::client_network;
  return networks ? Relation::from_buys : Relation::carried;
}

}  // namespace

Relation relation_of(LinkKind kind, PlaceKind from, PlaceKind to) {
  switch (kind) {
    case LinkKind::backbone:
      return group_of(from) == group_of(to) ? Relation::siblings : Relation::peers;
    case LinkKind::on_net:
      return from == PlaceKind::embedded_cache || to == PlaceKind::embedded_cache
                 ? Relation::siblings
                 : Relation::peers;
    case LinkKind::transit: return transit_relation(from, to);
    case LinkKind::pni:
    case LinkKind::ixp: break;
  }
  return Relation::peers;
}

std::string_view name_of(Preference preference) {
  switch (preference) {
    case Preference::inside: return "inside";
    case Preference::customer: return "customer";
    case Preference::on_net: return "on_net";
    case Preference::pni: return "pni";
    case Preference::ixp: return "ixp";
    case Preference::transit: return "transit";
  }
  return "";
}

Preference preference_of(LinkKind kind, Relation relation, bool forward) {
  switch (relation) {
    case Relation::siblings: return Preference::inside;
    case Relation::from_buys: return forward ? Preference::transit : Preference::customer;
    case Relation::to_buys: return forward ? Preference::customer : Preference::transit;
    case Relation::carried: return Preference::transit;
    case Relation::peers: break;
  }
  switch (kind) {
    case LinkKind::on_net: return Preference::on_net;
    case LinkKind::ixp: return Preference::ixp;
    case LinkKind::transit: return Preference::transit;  // peers of whom one pays
    case LinkKind::pni:
    case LinkKind::backbone: break;  // a line of their own between two organisations
  }
  return Preference::pni;
}

}  // namespace cdnsim
