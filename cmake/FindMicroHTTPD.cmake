# Finds GNU libmicrohttpd: the target MicroHTTPD::MicroHTTPD. Debian ships it with pkg-config's file only.
include(SingleLibrary)
find_single_library(MicroHTTPD microhttpd microhttpd.h)
