// Composes files after NumPy's description of the format.
#include "tests/npy/numpy.h"

namespace fsd::testing {

std::string npy_file(int version, const std::string &header, const std::string &elements) {
    const std::size_t preamble = version == 1 ? 10 : 12;
    std::string padded = header;
    while ((preamble + padded.size() + 1) % 64 != 0) {
        padded += ' ';
    }
    padded += '\n';
    std::string file = "\x93NUMPY";
    file += static_cast<char>(version);
    file += '\0';
    for (std::size_t shift = 0; shift < (version == 1 ? 16 : 32); shift += 8) {
        file += static_cast<char>(padded.size() >> shift & 0xff);
    }
    return file + padded + elements;
}

std::string npy_header(const std::string &descriptor, const std::vector<int> &shape) {
    std::string extents;
    for (int extent : shape) {
        extents += std::to_string(extent) + ",";
    }
    return "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': (" + extents + "), }";
}

std::string npy_header_of(const std::string &file) {
    const std::size_t length =
        static_cast<unsigned char>(file.at(8)) + 256 * static_cast<unsigned char>(file.at(9));
    return file.substr(10, length);
}

}  // namespace fsd::testing
