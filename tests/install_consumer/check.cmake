# REQUIRES: BUILD is built. What the consumer must not see is checked by its own code.
function(step what)
  execute_process(COMMAND ${ARGN}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${what} failed (${status}):\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${SCRATCH}")
step("installing" "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${SCRATCH}/prefix")
step("configuring the consumer" "${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${PROJECT}"
  -B "${SCRATCH}/build" "-DCMAKE_PREFIX_PATH=${SCRATCH}/prefix" "-DCMAKE_CXX_COMPILER=${COMPILER}"
  -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
step("building the consumer" "${CMAKE_COMMAND}" --build "${SCRATCH}/build")
step("running the consumer" "${SCRATCH}/build/consumer")
message("${output}")

# Results must not depend on the processor in a consumer's program either.
file(READ "${SCRATCH}/build/compile_commands.json" commands)
if(NOT commands MATCHES "-ffp-contract=off")
  message(FATAL_ERROR "the consumer was compiled without -ffp-contract=off")
endif()
if(commands MATCHES "${BUILD}/include_roots")
  message(FATAL_ERROR "the consumer was compiled with headers of the build")
endif()
