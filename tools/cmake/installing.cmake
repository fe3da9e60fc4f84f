# Install rules and the CMake package. Headers keep one include root per module, so that a consumer
# too sees only the modules that it links. Modules that are INTERNAL come as libraries without
# headers, because the simulator needs them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# cdnsim::simulator: load a scenario and run it.
add_library(cdnsim_simulator INTERFACE)
add_library(cdnsim::simulator ALIAS cdnsim_simulator)
set_target_properties(cdnsim_simulator PROPERTIES EXPORT_NAME simulator)
target_link_libraries(cdnsim_simulator INTERFACE
  cdnsim_scenario $<LINK_ONLY:cdnsim_assembly> $<LINK_ONLY:cdnsim_config>)

get_property(modules GLOBAL PROPERTY cdnsim_modules)
foreach(module IN LISTS modules)
  get_property(folders GLOBAL PROPERTY cdnsim_headers_of_${module})
  foreach(folder IN LISTS folders)
    cdnsim_include_path(${folder} path)
    install(DIRECTORY "${CMAKE_SOURCE_DIR}/${folder}/"
      DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/cdnsim/${module}/${path}"
      FILES_MATCHING PATTERN "*.hpp")
  endforeach()
endforeach()

list(TRANSFORM modules PREPEND cdnsim_ OUTPUT_VARIABLE targets)
install(TARGETS ${targets} cdnsim_simulator EXPORT cdnsimTargets)
install(TARGETS cdnsim)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/cdnsim")
install(EXPORT cdnsimTargets NAMESPACE cdnsim:: DESTINATION "${package_folder}")
configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/cdnsimConfig.cmake.in" "${CMAKE_BINARY_DIR}/cdnsimConfig.cmake"
  INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file(
  "${CMAKE_BINARY_DIR}/cdnsimConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/cdnsimConfig.cmake"
  "${CMAKE_BINARY_DIR}/cdnsimConfigVersion.cmake" DESTINATION "${package_folder}")
