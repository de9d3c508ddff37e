// Pairs of .npy files for the tests of data sets.
#pragma once

#include "tests/npy/numpy.h"
#include "tests/temporary_folder.h"
#include "toolkit/datasets/dataset.h"

#include <string>

namespace fsd::testing {

inline std::string write_npy(const TemporaryFolder &folder, const std::string &name,
                             const std::string &file) {
    return folder.write(name, Bytes(file.begin(), file.end()));
}

// What load_dataset reads from files with these bytes.
inline Dataset npy_set(const std::string &data, const std::string &labels) {
    const TemporaryFolder folder;
    return load_dataset(write_npy(folder, "x.npy", data), Split::train, {},
                        write_npy(folder, "y.npy", labels));
}

}  // namespace fsd::testing
