# Finds Raqm: the target Raqm::Raqm. Debian ships it with pkg-config's file only.
include(SingleLibrary)
find_single_library(Raqm raqm raqm.h)
