// 128-bit integers for intermediate products (bytes x time), without pedantic warnings.
// Does not know units.
#pragma once

namespace cdnsim {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

}  // namespace cdnsim
