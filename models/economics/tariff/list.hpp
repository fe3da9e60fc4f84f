// The tariffs a scenario can name, one line each.
// Does not know what any of them costs.
#pragma once

#include <variant>

#include <cdnsim/models/economics/tariff/backbone.hpp>
#include <cdnsim/models/economics/tariff/colocation.hpp>
#include <cdnsim/models/economics/tariff/egress.hpp>
#include <cdnsim/models/economics/tariff/hardware.hpp>
#include <cdnsim/models/economics/tariff/pni.hpp>
#include <cdnsim/models/economics/tariff/port.hpp>
#include <cdnsim/models/economics/tariff/rent.hpp>
#include <cdnsim/models/economics/tariff/transit.hpp>

namespace cdnsim {

using TariffSpec = std::variant<TransitTariff,     //
                                BackboneTariff,    //
                                ColocationTariff,  //
                                EgressTariff,      //
                                HardwareTariff,    //
                                PniTariff,         //
                                PortTariff,        //
                                RentTariff>;

}  // namespace cdnsim
