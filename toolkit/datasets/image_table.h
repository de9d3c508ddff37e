// A table of images and their classes: a CSV file (RFC 4180) with a path and a label per line.
#pragma once

#include "toolkit/datasets/dataset.h"

namespace fsd {

// True where the name ends in .csv.
bool is_image_table(const std::string &file);

// Columns are found by their names in the first line: `path`, `file`, `filename` or `image`; `label` or
// `class`; and, where it is there, `split` (train, test, val, ... as folders of splits are named). Without
// such a line the first column is the path, the second one the label. Paths are relative to the table's
// folder. Throws Error(bad_input) that names the line.
Dataset load_image_table(const std::string &file, Split split, const ImageFormat &format);

}  // namespace fsd
