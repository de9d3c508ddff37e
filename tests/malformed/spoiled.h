// Spoiled variants of a good model file, by the part that is spoiled, each with what its refusal has to say.
#pragma once

#include "tests/runtime/model_bytes.h"

#include <string>
#include <vector>

namespace fsd::testing {

inline std::string repeated(const std::string &part, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; i++) {
        out += part;
    }
    return out;
}

struct Malformed {
    const char *what;
    std::string bytes;
    std::vector<std::string> sentence;  // parts of the message
};

std::vector<Malformed> spoiled_containers(const ModelBytes &good);  // lengths, offsets, the header's entries
std::vector<Malformed> spoiled_json(const ModelBytes &good);        // the header's text
std::vector<Malformed> spoiled_descriptions(const ModelBytes &good);  // layers, input, classes, version
std::vector<Malformed> spoiled_tensors(const ModelBytes &good);       // types, shapes, numbers
std::vector<Malformed> spoiled_ordinary(const ModelBytes &good);      // of the small ordinary model
std::vector<Malformed> spoiled_novelty(const ModelBytes &good);       // of a small model with a fit

}  // namespace fsd::testing
