# Finds Cairo: the target Cairo::Cairo. Debian ships it with pkg-config's file only.
include(SingleLibrary)
find_single_library(Cairo cairo cairo.h cairo)
