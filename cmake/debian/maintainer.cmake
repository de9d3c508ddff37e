# Read by CPack before it packs: who maintains the packages.
if (NOT "$ENV{DEBEMAIL}" STREQUAL "")
    set(name "$ENV{DEBFULLNAME}")
    if (name STREQUAL "")
        set(name "${CPACK_PACKAGE_VENDOR}")
    endif ()
    set(CPACK_PACKAGE_CONTACT "${name} <$ENV{DEBEMAIL}>")
endif ()
