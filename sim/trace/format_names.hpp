// Which format a trace file has by its name.
// Does not know what is in the file.
#pragma once

#include <string_view>

namespace cdnsim {

// Empty when the name tells nothing; .gz and .zst at its end do not count.
std::string_view format_by_name(std::string_view path);

}  // namespace cdnsim
