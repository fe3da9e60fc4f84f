// The tables behind exp() and log(): correctly rounded from 200-bit arithmetic.
// Does not know how they are used (math.hpp).
#pragma once

#include <array>

namespace cdnsim::math::detail {

// 2^(i/64). Four to a line, against the formatter's will.
// clang-format off
inline constexpr std::array<double, 64> kExp2Table = {
    0x1p0, 0x1.02c9a3e778061p0, 0x1.059b0d3158574p0, 0x1.0874518759bc8p0,
    0x1.0b5586cf9890fp0, 0x1.0e3ec32d3d1a2p0, 0x1.11301d0125b51p0, 0x1.1429aaea92dep0,
    0x1.172b83c7d517bp0, 0x1.1a35beb6fcb75p0, 0x1.1d4873168b9aap0, 0x1.2063b88628cd6p0,
    0x1.2387a6e756238p0, 0x1.26b4565e27cddp0, 0x1.29e9df51fdee1p0, 0x1.2d285a6e4030bp0,
    0x1.306fe0a31b715p0, 0x1.33c08b26416ffp0, 0x1.371a7373aa9cbp0, 0x1.3a7db34e59ff7p0,
    0x1.3dea64c123422p0, 0x1.4160a21f72e2ap0, 0x1.44e086061892dp0, 0x1.486a2b5c13cdp0,
    0x1.4bfdad5362a27p0, 0x1.4f9b2769d2ca7p0, 0x1.5342b569d4f82p0, 0x1.56f4736b527dap0,
    0x1.5ab07dd485429p0, 0x1.5e76f15ad2148p0, 0x1.6247eb03a5585p0, 0x1.6623882552225p0,
    0x1.6a09e667f3bcdp0, 0x1.6dfb23c651a2fp0, 0x1.71f75e8ec5f74p0, 0x1.75feb564267c9p0,
    0x1.7a11473eb0187p0, 0x1.7e2f336cf4e62p0, 0x1.82589994cce13p0, 0x1.868d99b4492edp0,
    0x1.8ace5422aa0dbp0, 0x1.8f1ae99157736p0, 0x1.93737b0cdc5e5p0, 0x1.97d829fde4e5p0,
    0x1.9c49182a3f09p0, 0x1.a0c667b5de565p0, 0x1.a5503b23e255dp0, 0x1.a9e6b5579fdbfp0,
    0x1.ae89f995ad3adp0, 0x1.b33a2b84f15fbp0, 0x1.b7f76f2fb5e47p0, 0x1.bcc1e904bc1d2p0,
    0x1.c199bdd85529cp0, 0x1.c67f12e57d14bp0, 0x1.cb720dcef9069p0, 0x1.d072d4a07897cp0,
    0x1.d5818dcfba487p0, 0x1.da9e603db3285p0, 0x1.dfc97337b9b5fp0, 0x1.e502ee78b3ff6p0,
    0x1.ea4afa2a490dap0, 0x1.efa1bee615a27p0, 0x1.f50765b6e454p0, 0x1.fa7c1819e90d8p0,
};
// clang-format on

// One row for each 64th of [0.6875, 1.375), in steps of the mantissa: an 11-bit number near the
// reciprocal of its middle, and minus the logarithm of that number in two parts.
struct LogRow {
  double reciprocal;
  double log_high;
  double log_low;
};
inline constexpr std::array<LogRow, 64> kLogTable = {{
    {0x1.724p0, -0x1.79db6681bp-2, 0x1.4d319161a11f8p-44},
    {0x1.6ep0, -0x1.6e08eaa2bap-2, -0x1.e38c139318d71p-46},
    {0x1.6ap0, -0x1.62c82f2b9cp-2, -0x1.e54bdbd7c8a98p-44},
    {0x1.66p0, -0x1.5767717456p-2, 0x1.64ead9524d7cap-44},
    {0x1.624p0, -0x1.4c9f09e153p-2, 0x1.e1dde70e02dep-45},
    {0x1.5e8p0, -0x1.41b941cce1p-2, 0x1.0469013e43fc9p-44},
    {0x1.5acp0, -0x1.36b5776bc1p-2, -0x1.169785a9c223fp-46},
    {0x1.57p0, -0x1.2b9303ab8ap-2, 0x1.6db12d6bfb0a5p-45},
    {0x1.538p0, -0x1.2112559861p-2, -0x1.82e78ba2950c4p-44},
    {0x1.5p0, -0x1.1675cababap-2, -0x1.8380e731f55c4p-44},
    {0x1.4ccp0, -0x1.0c81d4860bp-2, 0x1.e5bcf401d1731p-44},
    {0x1.494p0, -0x1.01ade3913ap-2, 0x1.08930ccdc1521p-46},
    {0x1.46p0, -0x1.ef0adcbdc6p-3, 0x1.b26b79c86af24p-45},
    {0x1.42cp0, -0x1.da85d620cep-3, -0x1.40194c16cc7ecp-45},
    {0x1.3fcp0, -0x1.c765b9e4d6p-3, -0x1.1ab6b36976f6cp-44},
    {0x1.3c8p0, -0x1.b2797ee464p-3, 0x1.be88a906d00a9p-44},
    {0x1.398p0, -0x1.9ef83d276ap-3, 0x1.730b7b3f9cep-45},
    {0x1.368p0, -0x1.8b46f82236p-3, -0x1.2d9f2102dd7c9p-46},
    {0x1.33cp0, -0x1.790ed4ee26p-3, -0x1.99bbd4e7746f6p-46},
    {0x1.30cp0, -0x1.64fee8826p-3, 0x1.da40d759dded6p-46},
    {0x1.2ep0, -0x1.526e5e3a1cp-3, 0x1.790ba37fc5238p-44},
    {0x1.2b4p0, -0x1.3fb25a5952p-3, -0x1.195be6b358ff7p-44},
    {0x1.288p0, -0x1.2cca0f5f6p-3, 0x1.b5ef191aff12p-44},
    {0x1.26p0, -0x1.1b72ad52f6p-3, -0x1.e80a41811a396p-45},
    {0x1.234p0, -0x1.08338affa2p-3, -0x1.0533cac823e27p-44},
    {0x1.20cp0, -0x1.ed1794e838p-4, 0x1.fd143749d0484p-46},
    {0x1.1e4p0, -0x1.c97978d79p-4, 0x1.6e010977d1884p-44},
    {0x1.1bcp0, -0x1.a58b60c2b4p-4, 0x1.cdc735c5c9f2ap-44},
    {0x1.194p0, -0x1.814be23f8cp-4, -0x1.b2381da82fdfdp-51},
    {0x1.17p0, -0x1.60658a9374p-4, -0x1.0c3b1dee9c4f8p-44},
    {0x1.148p0, -0x1.3b87598b1cp-4, 0x1.2241594aca313p-45},
    {0x1.124p0, -0x1.1a0fba1bf8p-4, -0x1.4a3fcc319d6dcp-45},
    {0x1.1p0, -0x1.f0a30c0118p-5, 0x1.d599e83368e91p-45},
    {0x1.0dcp0, -0x1.ac9722171p-5, -0x1.f8d3ef013222cp-45},
    {0x1.0b8p0, -0x1.67f94f0948p-5, -0x1.ecc1f3e7e4ed7p-44},
    {0x1.094p0, -0x1.22c71bcea8p-5, -0x1.d2818f87f888fp-48},
    {0x1.074p0, -0x1.c98d18d01p-6, 0x1.bf6150589df0fp-45},
    {0x1.05p0, -0x1.3cea44347p-6, 0x1.6a2c432d6a40bp-44},
    {0x1.03p0, -0x1.7dc475f82p-7, 0x1.eb1245b5da1f5p-44},
    {0x1p0, 0x0p0, 0x0p0},
    {0x1p0, 0x0p0, 0x0p0},
    {0x1.f48p-1, 0x1.74321d3dp-6, 0x1.b4a690fe94778p-48},
    {0x1.edp-1, 0x1.35c8bfaa1p-5, 0x1.8357d5ef9eb35p-44},
    {0x1.e58p-1, 0x1.b35dd9b588p-5, 0x1.d5674d6cf558ep-44},
    {0x1.de8p-1, 0x1.152b799bb4p-4, -0x1.9bb2907030829p-47},
    {0x1.d78p-1, 0x1.518874226p-4, 0x1.30a1d96258b3ep-44},
    {0x1.d1p-1, 0x1.8a6477a91cp-4, 0x1.c28c0af9bd6dfp-44},
    {0x1.ca8p-1, 0x1.c40d6425a4p-4, 0x1.cb1121d1930ddp-44},
    {0x1.c4p-1, 0x1.fe89139dbcp-4, 0x1.56594d82f7a82p-44},
    {0x1.bep-1, 0x1.1aa2b7e24p-3, -0x1.1ac38dde3b366p-44},
    {0x1.b8p-1, 0x1.365fcb015ap-3, -0x1.fd3a0afb9691bp-44},
    {0x1.b2p-1, 0x1.527e5e4a1cp-3, -0x1.4e60b8d4b411dp-44},
    {0x1.ac8p-1, 0x1.6c9d07d204p-3, -0x1.c73fafd9b2dcap-50},
    {0x1.a7p-1, 0x1.871213750ep-3, 0x1.328eb42f9af75p-44},
    {0x1.a18p-1, 0x1.a1dfc40f1cp-3, -0x1.01e0f004f3781p-44},
    {0x1.9cp-1, 0x1.bd087383bep-3, -0x1.d4bc4595412b6p-45},
    {0x1.97p-1, 0x1.d60a17f904p-3, -0x1.5d6e06fc20d39p-44},
    {0x1.92p-1, 0x1.ef5ade4ddp-3, -0x1.a211565bb8e11p-51},
    {0x1.8dp-1, 0x1.047e60cde8p-2, 0x1.dbdf10d397f3cp-45},
    {0x1.888p-1, 0x1.102ac0a35dp-2, -0x1.f1fbddfdfd686p-45},
    {0x1.84p-1, 0x1.1bf99635a7p-2, -0x1.1ac89575c2125p-44},
    {0x1.7f8p-1, 0x1.27ebaf58d9p-2, -0x1.b198800b4bda7p-45},
    {0x1.7bp-1, 0x1.3401e12aedp-2, -0x1.17c73556e291dp-44},
    {0x1.768p-1, 0x1.403d086ceap-2, 0x1.e6ef574487308p-44},
}};

}  // namespace cdnsim::math::detail
