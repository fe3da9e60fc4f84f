// Figures as people read them: "12.3 k/s", "4.56 Gbps", "93.41 %", "12.3 ms".
// Does not know what the figures mean; one without a value is "-". Three digits; exact figures
// stand in result.json.
#pragma once

#include <cstdint>
#include <string>

namespace cdnsim::tools {

std::string count_text(std::uint64_t count);    // up to 9999 exact
std::string rate_text(double per_second);       // "12.3 k/s"
std::string bits_text(double bits_per_second);  // "4.56 Gbps"
std::string bytes_text(std::uint64_t bytes);    // "4.56 TB"
std::string milliseconds_text(double ms);       // "12.3 ms", "1.23 s", "45.6 µs"
std::string seconds_text(double s);             // "20min"
// Two decimals; never "100.00 %" or "0.00 %" of what is not quite all or nothing.
std::string percent_text(double ratio);

}  // namespace cdnsim::tools
