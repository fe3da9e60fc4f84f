#include <cdnsim/tools/program.hpp>

int main(int argc, char** argv) { return cdnsim::tools::cdnsim_main(argc, argv); }
