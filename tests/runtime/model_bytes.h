// Model files as bytes, taken apart so that tests can spoil them.
#pragma once

#include <string>

namespace fsd::testing {

struct ModelBytes {
    std::string header;  // JSON
    std::string data;

    std::string file() const;                                  // with the right header length
    std::string file_with_length(unsigned long length) const;  // with a wrong one

    // Replaces text that must be there. `network`: inside the description, where quotes are escaped.
    ModelBytes edited(const std::string &from, const std::string &to) const;
    ModelBytes network(const std::string &from, const std::string &to) const;
    // Overwrites element `index` of a float32 tensor.
    ModelBytes number(const std::string &tensor, std::size_t index, float value) const;
};

// The files of the small models.
ModelBytes small_model_bytes();
ModelBytes small_ordinary_model_bytes();
ModelBytes fitted_model_bytes();

}  // namespace fsd::testing
