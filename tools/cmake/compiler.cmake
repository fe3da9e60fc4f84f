# What every target of cdnsim is compiled with. Consumers of the installed package get only what
# `cdnsim_consumer_options` holds.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# Release keeps the assertions (no NDEBUG): a wrong figure costs more than a slow one.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

# Fused multiply-add rounds once where the plain code rounds twice, so results would depend on the
# processor: this option goes to consumers too.
set(cdnsim_consumer_options -ffp-contract=off)

set(CDNSIM_SANITIZE "" CACHE STRING "Argument of -fsanitize= for everything built here, or nothing")

add_library(cdnsim_own_options INTERFACE)
target_compile_options(cdnsim_own_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 finds overlaps in std::string that are none: https://gcc.gnu.org/PR105651
  target_compile_options(cdnsim_own_options INTERFACE -Wno-restrict)
endif()
# Sources are compiled in groups, and g++ then takes what is private to one of them for a header's.
target_compile_options(cdnsim_own_options INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
# Paths in messages and asserts are those of the source tree, whatever machine built it.
target_compile_options(cdnsim_own_options INTERFACE
  "-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=")
if(CDNSIM_SANITIZE)
  target_compile_options(cdnsim_own_options INTERFACE
    -fsanitize=${CDNSIM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CDNSIM_SANITIZE MATCHES "undefined")
    # These take as long to compile as all others together, and a null pointer is found without.
    target_compile_options(cdnsim_own_options INTERFACE
      -fno-sanitize=null,alignment,object-size,vptr)
  endif()
  target_link_options(cdnsim_own_options INTERFACE -fsanitize=${CDNSIM_SANITIZE})
  # The code that a sanitizer adds hides from g++ what was set before; other builds warn of it.
  target_compile_options(cdnsim_own_options INTERFACE
    -Wno-uninitialized $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
