// .npy files for the tests, composed byte by byte, independently of the code under test.
#pragma once

#include <string>
#include <vector>

namespace fsd::testing {

// A file of the format version with this header text (padded as NumPy does) and these bytes of elements.
std::string npy_file(int version, const std::string &header, const std::string &elements);

// The header of a C-order array.
std::string npy_header(const std::string &descriptor, const std::vector<int> &shape);

template<typename T>
std::string bytes_of(const std::vector<T> &elements) {
    return std::string(reinterpret_cast<const char *>(elements.data()), elements.size() * sizeof(T));
}

template<typename T>
std::string npy(const std::string &descriptor, const std::vector<int> &shape,
                const std::vector<T> &elements) {
    return npy_file(1, npy_header(descriptor, shape), bytes_of(elements));
}

// What is behind the header of a version 1 file, as elements.
template<typename T>
std::vector<T> npy_elements(const std::string &file) {
    const std::size_t start =
        10 + static_cast<unsigned char>(file.at(8)) + 256 * static_cast<unsigned char>(file.at(9));
    std::vector<T> elements((file.size() - start) / sizeof(T));
    file.copy(reinterpret_cast<char *>(elements.data()), elements.size() * sizeof(T), start);
    return elements;
}

// The header's text.
std::string npy_header_of(const std::string &file);

}  // namespace fsd::testing
