// Small files for the tests of the data set readers.
#pragma once

#include "tests/temporary_folder.h"
#include "toolkit/datasets/dataset.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fsd::testing {

Bytes gzipped(const Bytes &bytes);

// An IDX file of unsigned bytes.
Bytes idx(const std::vector<std::uint32_t> &extents, const Bytes &data);

// A PNG of one color.
Bytes png(int height, int width, int colors, std::uint8_t value);

// One ustar entry: header, content, padding.
Bytes tar_entry(const std::string &name, const Bytes &content, char type = '0');
// The entries and the end mark.
Bytes tar(const std::vector<Bytes> &entries);
// The checksum of a changed header at the beginning of `entry`.
void renew_checksum(Bytes &entry);

// The sentence of the Error with exit code 3 that load_dataset throws; the test fails if it throws none.
std::string refusal(const std::string &path, Split split = Split::train, const ImageFormat &format = {});

// Where real data lies, e.g. real_data("mnist"): $FSDNET_DATA or ../shared/data beside the source tree.
// Empty, with a warning that the test is skipped, where it is absent.
std::string real_data(const std::string &name);

}  // namespace fsd::testing
