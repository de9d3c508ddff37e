# What `make deb` makes by CPack, of components that `cmake --install` knows (cmake/Package.cmake):
#
#   fsdnet            the command line with its models, manual pages and completions, and libfsdnet.so
#   libfsdnet-dev     headers, static libraries, find_package(fsdnet), pkg-config
#   fsdnet-compiler   what `fsdnet compile` and fsdnet_add_network() call
#   fsdnet-doc        README.md and docs/
#
# Two runs give the same bytes where SOURCE_DATE_EPOCH is set, which `make deb` does.
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_PACKAGE_NAME fsdnet)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_VENDOR "The fsdnet authors")
set(CPACK_PACKAGE_CONTACT "The fsdnet authors <fsdnet@localhost.localdomain>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/debian")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

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
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "share/doc/${name}" RENAME copyright COMPONENT ${terms}
            EXCLUDE_FROM_ALL)
    foreach (component IN LISTS arg_COMPONENTS ITEMS ${terms})
        string(TOUPPER "${component}" component_key)
        set(CPACK_COMPONENT_${component_key}_GROUP "${name}")
        list(APPEND CPACK_COMPONENTS_ALL ${component})
    endforeach ()
endmacro()

debian_package(fsdnet SECTION science COMPONENTS program library
               SUMMARY "networks of finite state distributions: trained, run and examined"
               DESCRIPTION "Neural networks in which every number is a probability. This package has the command line with \
trained models, and the shared library libfsdnet.so with a C interface.")
debian_package(libfsdnet-dev SECTION libdevel COMPONENTS development DEPENDS "fsdnet (= ${PROJECT_VERSION})"
               SUMMARY "networks of finite state distributions: headers and libraries"
               DESCRIPTION "Headers, static libraries of the runtime and its kernels, and the files by which CMake and \
pkg-config find them.")
debian_package(fsdnet-compiler SECTION devel COMPONENTS compiler DEPENDS "fsdnet (= ${PROJECT_VERSION})"
               SUMMARY "networks of finite state distributions: their compiler"
               DESCRIPTION "Compiles networks, and kernels for one shape, into static libraries.")
debian_package(fsdnet-doc SECTION doc COMPONENTS documentation
               SUMMARY "networks of finite state distributions: documentation"
               DESCRIPTION "The theory, the formats, how to use fsdnet and how to extend it.")
set(CPACK_DEBIAN_FSDNET_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FSDNET_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_FSDNET_PACKAGE_SUGGESTS "fsdnet-compiler, fsdnet-doc, fonts-noto-cjk, fonts-noto-core, ocl-icd-libopencl1")
set(CPACK_DEBIAN_FSDNET-COMPILER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FSDNET-DOC_PACKAGE_ARCHITECTURE all)
include(CPack)
