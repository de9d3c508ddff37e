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
    std::string link{};     // what a link names; a file with one is a hard link
    std::int64_t hole = 0;  // so many bytes at the beginning are not stored: a sparse file
};

// Written by libarchive: `format` and `filter` as archive_write_set_format_by_name and _add_filter_by_name
// have them.
std::string pack(const TemporaryFolder &folder, const std::string &format, const std::string &filter,
                 const std::vector<Packed> &files, const char *options = nullptr);

}  // namespace fsd::testing
