# Finds libwebp: the target WebP::WebP. Debian ships no WebPConfig.cmake.
include(SingleLibrary)
find_single_library(WebP webp webp/decode.h)
