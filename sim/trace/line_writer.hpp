// Writes a trace of one request a line.
// Does not know how its bytes are compressed.
#pragma once

#include <memory>
#include <string>

#include <cdnsim/trace/trace_writer.hpp>

namespace cdnsim {

std::unique_ptr<TraceWriter> csv_writer(const std::string& path);
std::unique_ptr<TraceWriter> webcachesim_writer(const std::string& path);
std::unique_ptr<TraceWriter> json_lines_writer(const std::string& path);

}  // namespace cdnsim
