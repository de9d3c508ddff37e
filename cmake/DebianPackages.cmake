# What `make deb` makes by CPack, of components that `cmake --install` knows (cmake/Package.cmake):
#
#   fsdnet            the command line with its models, manual pages and completions
#   libfsdnet0        libfsdnet.so.0, the C interface
#   libfsdnet-dev     headers, static libraries, find_package(fsdnet), pkg-config
#   fsdnet-compiler   what `fsdnet compile` and fsdnet_add_network() call
#   fsdnet-doc        README.md and docs/
#
# Two runs give the same bytes where SOURCE_DATE_EPOCH is set, which `make deb` does; lintian finds no error.
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_PACKAGE_NAME fsdnet)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_VENDOR "The fsdnet authors")
# Each package says what it is itself: a summary here would stand in front of all.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
# Who maintains it: by DEBFULLNAME and DEBEMAIL, as Debian's tools; else nobody (RFC 2606).
set(CPACK_PACKAGE_CONTACT "The fsdnet authors <fsdnet@fsdnet.invalid>")
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_LIST_DIR}/debian/maintainer.cmake")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/debian")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# Before it packs the files: changelogs, compressed manual pages.
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/debian/finish_files.cmake")
set(CPACK_FSDNET_CHANGES "${PROJECT_SOURCE_DIR}/CHANGELOG.md")

# What is compiled holds a part of Halide, and the compiler all of it with LLVM: their terms stand behind ours. Debian has the
# Apache License at one place for all packages.
set(debian_folder "${PROJECT_BINARY_DIR}/package/debian")
set(apache_license "The Apache License, version 2.0, is /usr/share/common-licenses/Apache-2.0 on Debian systems.")
file(READ "${PROJECT_SOURCE_DIR}/LICENSE" terms_of_fsdnet)
get_filename_component(halide_libraries "${halide_library}" DIRECTORY)
file(READ "${halide_libraries}/../share/doc/Halide/LICENSE.txt" terms_of_halide)
string(REGEX REPLACE "Apache License\n+Version 2\\.0, January.*END OF TERMS AND CONDITIONS" "${apache_license}"
       terms_of_halide "${terms_of_halide}")
file(CONFIGURE OUTPUT "${debian_folder}/copyright" @ONLY CONTENT "@terms_of_fsdnet@
Compiled kernels and their compiler hold parts of Halide, https://halide-lang.org:

@terms_of_halide@
The compiler holds LLVM, https://llvm.org, Copyright (c) its contributors, under the Apache License 2.0 with LLVM exceptions.
@apache_license@
")

# debian_package(<name> SECTION <section> COMPONENTS <components>... [DEPENDS <packages>] SUMMARY <line> DESCRIPTION <text>)
macro(debian_package name)
    cmake_parse_arguments(arg "" "SECTION;DEPENDS;SUMMARY;DESCRIPTION" "COMPONENTS" ${ARGN})
    string(TOUPPER "${name}" group)
    set(CPACK_DEBIAN_${group}_PACKAGE_NAME "${name}")
    set(CPACK_DEBIAN_${group}_PACKAGE_SECTION "${arg_SECTION}")
    set(CPACK_DEBIAN_${group}_PACKAGE_DEPENDS "${arg_DEPENDS}")
    set(CPACK_DEBIAN_${group}_DESCRIPTION "${arg_SUMMARY}\n${arg_DESCRIPTION}")
    # Debian wants the terms of each package at a place of its own.
    string(REPLACE "-" "_" terms "${name}_terms")
    install(FILES "${debian_folder}/copyright" DESTINATION "share/doc/${name}" COMPONENT ${terms} EXCLUDE_FROM_ALL)
    foreach (component IN LISTS arg_COMPONENTS ITEMS ${terms})
        string(TOUPPER "${component}" component_key)
        set(CPACK_COMPONENT_${component_key}_GROUP "${name}")
        list(APPEND CPACK_COMPONENTS_ALL ${component})
    endforeach ()
endmacro()

debian_package(fsdnet SECTION science COMPONENTS program
               SUMMARY "networks of finite state distributions: trained, run and examined"
               DESCRIPTION "Neural networks in which every number is a probability.
This package has the command line with trained models.")
set(library_package "libfsdnet${PROJECT_VERSION_MAJOR}")
debian_package(${library_package} SECTION libs COMPONENTS library
               SUMMARY "networks of finite state distributions: shared library"
               DESCRIPTION "Runs neural networks in which every number is a probability, by an
interface in C.")
debian_package(libfsdnet-dev SECTION libdevel COMPONENTS development DEPENDS "${library_package} (= ${PROJECT_VERSION})"
               SUMMARY "networks of finite state distributions: headers and libraries"
               DESCRIPTION "Headers, static libraries of the runtime and its kernels, and the
files by which CMake and pkg-config find them.")
debian_package(fsdnet-compiler SECTION devel COMPONENTS compiler DEPENDS "fsdnet (= ${PROJECT_VERSION})"
               SUMMARY "networks of finite state distributions: their compiler"
               DESCRIPTION "Compiles networks, and kernels for one shape, into static libraries.")
debian_package(fsdnet-doc SECTION doc COMPONENTS documentation
               SUMMARY "networks of finite state distributions: documentation"
               DESCRIPTION "The theory, the formats, how to use fsdnet and how to extend it.")

set(CPACK_DEBIAN_FSDNET_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FSDNET_PACKAGE_SUGGESTS "fsdnet-compiler, fsdnet-doc, fonts-noto-cjk, fonts-noto-core, ocl-icd-libopencl1")
set(CPACK_DEBIAN_FSDNET-COMPILER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FSDNET-DOC_PACKAGE_ARCHITECTURE all)
# Packages with libraries: programs depend on this one by its shlibs, the loader's cache is renewed by a trigger. CPack would write
# scripts that call ldconfig, which Debian has replaced by triggers, unless there are files of the scripts' names: it leaves
# out those that do not exist, with a warning.
string(TOUPPER "${library_package}" library_group)
file(WRITE "${debian_folder}/shlibs" "libfsdnet ${PROJECT_VERSION_MAJOR} ${library_package} (>= ${PROJECT_VERSION})\n")
file(WRITE "${debian_folder}/triggers" "activate-noawait ldconfig\n")
set(no_scripts "${debian_folder}/no_script_is_wanted/postinst" "${debian_folder}/no_script_is_wanted/postrm")
set(CPACK_DEBIAN_${library_group}_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_${library_group}_PACKAGE_CONTROL_EXTRA "${debian_folder}/shlibs" "${debian_folder}/triggers" ${no_scripts})
set(CPACK_DEBIAN_FSDNET-COMPILER_PACKAGE_CONTROL_EXTRA ${no_scripts})
include(CPack)
