#include <cdnsim/tools/process_memory.hpp>
#include <cdnsim/tools/program.hpp>

int main(int argc, char** argv) {
  cdnsim::tools::use_large_pages();
  return cdnsim::tools::cdnsim_main(argc, argv);
}
