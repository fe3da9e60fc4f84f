# Tests and benchmarks. Labels decide when a test runs:
#   smoke      also in the short run
#   threads    also under the thread sanitizer
#   reference  compares with reference data, and is skipped where there is none
#   full       only in the long run
#   full_asan  under the sanitizers only in the long run
#   full_release  without them only in the long run: the default run has it under the sanitizers

set(CDNSIM_TEST_PREFIX "" CACHE STRING "What the names of this build's tests begin with")
set(CDNSIM_TEST_LABEL "" CACHE STRING "Build only the tests that carry this label")

if(CDNSIM_TESTS)
  find_package(Catch2 2.13 REQUIRED)
  find_package(rapidcheck REQUIRED)
  # Debian's own Python first: it is the one that Debian's Python packages belong to.
  find_program(CDNSIM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
  find_program(CDNSIM_PYTHON python3 REQUIRED)
  enable_testing()
endif()
find_package(benchmark QUIET)
add_custom_target(benches)
add_custom_target(quick_tests)  # all that the default run needs of this build
foreach(label smoke threads reference full)
  add_custom_target(${label}_tests)
endforeach()

# A property that fails once in a thousand runs must not fail in somebody else's: a fixed seed.
set(cdnsim_test_environment
  "RC_PARAMS=seed=20240117"
  "CDNSIM_SOURCE_DIR=${CMAKE_SOURCE_DIR}"
  "CDNSIM_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")

# Adds one ctest test; `arg_*` are those of cdnsim_test.
function(cdnsim_add_ctest name labels)
  add_test(NAME ${CDNSIM_TEST_PREFIX}${name} COMMAND ${ARGN})
  if(CDNSIM_SANITIZE AND arg_SLOW_WHEN_SANITIZED)
    list(APPEND labels full_asan)
  endif()
  if(NOT CDNSIM_SANITIZE AND NOT arg_SLOW_WHEN_SANITIZED)
    list(APPEND labels full_release)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  set_tests_properties(${CDNSIM_TEST_PREFIX}${name} PROPERTIES
    LABELS "${labels}" TIMEOUT ${arg_TIMEOUT} RUN_SERIAL "${arg_ALONE}"
    ENVIRONMENT "${cdnsim_test_environment};${arg_ENVIRONMENT}")
endfunction()

# cdnsim_test(name SOURCES file...
#   [SEES module...] [LINKS target...] [LABELS label...] [ENVIRONMENT NAME=value...]
#   [TIMEOUT seconds]
#   [ALONE]                  nothing runs beside it
#   [NEEDS target...]        programs that it starts
#   [SLOW_WHEN_SANITIZED]    runs under the address sanitizer only in the long run
#   [FULL_CASES]             cases tagged [full] are a test of the long run, `name.full`
#   [REFERENCE_CASES])       cases tagged [reference] are a test of their own, `name.reference`;
#                            with the label `reference` there are no others
# One Catch2 program. Cases tagged [full] or [reference] never run in the plain test.
function(cdnsim_test name)
  cmake_parse_arguments(arg "ALONE;SLOW_WHEN_SANITIZED;FULL_CASES;REFERENCE_CASES" "TIMEOUT"
    "SOURCES;SEES;LINKS;LABELS;ENVIRONMENT;NEEDS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cdnsim_test(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT CDNSIM_TESTS OR (CDNSIM_TEST_LABEL AND NOT CDNSIM_TEST_LABEL IN_LIST arg_LABELS))
    return()
  endif()
  cdnsim_program(${name}
    SOURCES ${arg_SOURCES} SEES ${arg_SEES} LINKS cdnsim_test_support ${arg_LINKS})
  target_precompile_headers(${name} REUSE_FROM cdnsim_test_precompiled)
  # g++ 12 takes members of a site's description that were not given for uninitialized.
  target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  foreach(label IN LISTS arg_LABELS)
    add_dependencies(${label}_tests ${name} ${arg_NEEDS})
  endforeach()
  # Once is enough: under the sanitizers where that is quick.
  if(CDNSIM_SANITIZE)
    set(is_here NOT arg_SLOW_WHEN_SANITIZED)
  else()
    set(is_here arg_SLOW_WHEN_SANITIZED)
  endif()
  if(NOT "full" IN_LIST arg_LABELS AND (${is_here}))
    add_dependencies(quick_tests ${name} ${arg_NEEDS})
  endif()
  if(NOT "reference" IN_LIST arg_LABELS)
    cdnsim_add_ctest(${name} "${arg_LABELS}" ${name} "~[full]~[reference]~[.]")
  endif()
  if(arg_FULL_CASES)
    cdnsim_add_ctest(${name}.full "${arg_LABELS};full" ${name} "[full]~[reference]")
  endif()
  if(arg_REFERENCE_CASES)
    set(reference ${name}.reference)
    cdnsim_add_ctest(${reference} "${arg_LABELS};reference" ${name} "[reference]~[full]")
    # Printed by reference_folder() in tests/support/reference.hpp.
    set_tests_properties(${CDNSIM_TEST_PREFIX}${reference} PROPERTIES
      SKIP_REGULAR_EXPRESSION "CDNSIM_REFERENCE is not set")
  endif()
endfunction()

# cdnsim_script_test(name COMMAND program argument...
#   [LABELS label...] [ENVIRONMENT NAME=value...] [TIMEOUT seconds] [ALONE] [NEEDS target...]
#   [NEVER_SANITIZED])       not under the sanitizers
# A test that is not a Catch2 program.
function(cdnsim_script_test name)
  cmake_parse_arguments(arg "ALONE;NEVER_SANITIZED" "TIMEOUT" "COMMAND;LABELS;ENVIRONMENT;NEEDS"
    ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cdnsim_script_test(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT CDNSIM_TESTS OR CDNSIM_TEST_LABEL OR (CDNSIM_SANITIZE AND arg_NEVER_SANITIZED))
    return()
  endif()
  set(arg_SLOW_WHEN_SANITIZED ON)
  foreach(needed IN LISTS arg_NEEDS)
    if(NOT "full" IN_LIST arg_LABELS AND NOT CDNSIM_SANITIZE)
      add_dependencies(quick_tests ${needed})
    endif()
    foreach(label IN LISTS arg_LABELS)
      add_dependencies(${label}_tests ${needed})
    endforeach()
  endforeach()
  cdnsim_add_ctest(${name} "${arg_LABELS}" ${arg_COMMAND})
endfunction()

# cdnsim_bench(name SOURCES file... [SEES module...] [LINKS target...])   a Google Benchmark program
function(cdnsim_bench name)
  if(NOT benchmark_FOUND)
    return()
  endif()
  cdnsim_program(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE benchmark::benchmark)
  if(NOT CDNSIM_BENCH)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  add_dependencies(benches ${name})
endfunction()
