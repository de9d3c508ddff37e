// A number that tells networks apart by what they compute, so that what was compiled of one is not taken for
// another.
#pragma once

#include "runtime/model.h"

#include <cstdint>

namespace fsd {

// FNV-1a of 64 bits. It is against mistakes, not against attacks: what is compared with it is code that runs.
class Fingerprint {
public:
    void add(const void *bytes, std::size_t count);
    void add(const std::string &text);
    void add(int number) { add(&number, sizeof number); }
    void add(double number) { add(&number, sizeof number); }
    void add(const std::vector<double> &numbers);
    void add(const Tensor &tensor);  // dense
    // Input and layers.
    void add_layers(const Model &model);

    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325;
};

// Of input, layers and numbers; names of classes, notes, preprocessing and novelty may differ.
std::uint64_t fingerprint_of(const Model &model);

}  // namespace fsd
