# Finds Raqm: the target Raqm::Raqm. Debian ships it with pkg-config's file only.
find_path(Raqm_INCLUDE_DIR raqm.h)
find_library(Raqm_LIBRARY raqm)
mark_as_advanced(Raqm_INCLUDE_DIR Raqm_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Raqm REQUIRED_VARS Raqm_LIBRARY Raqm_INCLUDE_DIR)

if (Raqm_FOUND AND NOT TARGET Raqm::Raqm)
    add_library(Raqm::Raqm UNKNOWN IMPORTED)
    set_target_properties(Raqm::Raqm PROPERTIES IMPORTED_LOCATION "${Raqm_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${Raqm_INCLUDE_DIR}")
endif ()
