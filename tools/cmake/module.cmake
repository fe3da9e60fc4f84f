# Modules: libraries that see only the headers of the modules they name.
include(GNUInstallDirs)

# The path under which others include the headers of a folder: include/cdnsim/x -> cdnsim/x,
# sim/x -> cdnsim/x, models/x -> cdnsim/models/x, tests/x -> tests/x.
function(cdnsim_include_path folder out)
  string(REGEX REPLACE "^(include/cdnsim|sim)/" "cdnsim/" path "${folder}")
  string(REGEX REPLACE "^(models|tools)(/|$)" "cdnsim/\\1\\2" path "${path}")
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# Makes an include root that shows nothing but the folders given: one symbolic link for each.
function(cdnsim_include_root name folders out)
  set(root "${CMAKE_BINARY_DIR}/include_roots/${name}")
  file(REMOVE_RECURSE "${root}")
  foreach(folder IN LISTS folders)
    if(NOT IS_DIRECTORY "${CMAKE_SOURCE_DIR}/${folder}")
      message(FATAL_ERROR "module ${name}: there is no folder ${folder}")
    endif()
    cdnsim_include_path(${folder} path)
    get_filename_component(parent "${root}/${path}" DIRECTORY)
    file(MAKE_DIRECTORY "${parent}")
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${folder}" "${root}/${path}" SYMBOLIC)
  endforeach()
  set(${out} "${root}" PARENT_SCOPE)
endfunction()

# cdnsim_module(name
#   HEADERS_FROM folder...     folders, from the top of the tree, whose headers this module shows
#   [SOURCES file...]          none: a header-only module
#   [SEES module...]           modules whose headers it includes; who sees this one sees them too
#   [SEES_PRIVATELY module...] the same, but not passed on
#   [LINKS target...]          libraries that its headers need
#   [LINKS_PRIVATELY target...] libraries that only its sources need
#   [INTERNAL])                its headers are not installed
function(cdnsim_module name)
  cmake_parse_arguments(arg "INTERNAL" ""
    "HEADERS_FROM;SOURCES;SEES;SEES_PRIVATELY;LINKS;LINKS_PRIVATELY" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cdnsim_module(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()
  set(target cdnsim_${name})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    # A module is built from its sources only, so its own options never reach a consumer.
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:cdnsim_own_options>)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(cdnsim::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  cdnsim_include_root(${name} "${arg_HEADERS_FROM}" root)
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${root}>)
  if(NOT arg_INTERNAL)
    target_include_directories(${target} ${scope}
      $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/cdnsim/${name}>)
  endif()
  target_compile_features(${target} ${scope} cxx_std_20)
  target_compile_options(${target} ${scope} ${cdnsim_consumer_options}
    $<BUILD_INTERFACE:-fmacro-prefix-map=${root}/=>)
  foreach(seen IN LISTS arg_SEES)
    target_link_libraries(${target} ${scope} cdnsim_${seen})
  endforeach()
  target_link_libraries(${target} ${scope} ${arg_LINKS})
  if(arg_SOURCES)
    foreach(seen IN LISTS arg_SEES_PRIVATELY)
      target_link_libraries(${target} PRIVATE cdnsim_${seen})
    endforeach()
    target_link_libraries(${target} PRIVATE ${arg_LINKS_PRIVATELY})
  endif()
  set_property(GLOBAL APPEND PROPERTY cdnsim_modules ${name})
  if(NOT arg_INTERNAL)
    set_property(GLOBAL PROPERTY cdnsim_headers_of_${name} "${arg_HEADERS_FROM}")
  endif()
endfunction()

# cdnsim_program(name SOURCES file... [SEES module...] [LINKS target...])
function(cdnsim_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;SEES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE cdnsim_own_options ${arg_LINKS})
  foreach(seen IN LISTS arg_SEES)
    target_link_libraries(${name} PRIVATE cdnsim_${seen})
  endforeach()
endfunction()
