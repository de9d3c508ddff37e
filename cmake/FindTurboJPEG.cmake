# Finds libjpeg-turbo's own interface: the target TurboJPEG::TurboJPEG. (CMake's FindJPEG is about libjpeg's.)
include(SingleLibrary)
find_single_library(TurboJPEG turbojpeg turbojpeg.h)
