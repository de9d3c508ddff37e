// Archives for the tests of data sets.
#pragma once

#include "tests/datasets/files.h"

#include <archive_entry.h>

#include <string>
#include <vector>

namespace fsd::testing {

struct Packed {
    std::string name;
    Bytes bytes;
    unsigned type = AE_IFREG;
};

// Written by libarchive: `format` and `filter` as archive_write_set_format_by_name and _add_filter_by_name
// have them.
std::string pack(const TemporaryFolder &folder, const std::string &format, const std::string &filter,
                 const std::vector<Packed> &files, const char *options = nullptr);

}  // namespace fsd::testing
