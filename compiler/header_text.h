// The C header of a compiled network.
#pragma once

#include "runtime/model.h"

#include <string>
#include <vector>

namespace fsd::compiler {

struct HeaderFacts {
    std::string name;
    std::vector<std::string> targets;
    Input input;
    std::vector<std::string> classes;
    std::size_t parameters = 0;
    std::string numbers = "float32";  // what the weights are
    std::size_t stack_bytes = 0;
    std::string device = {};       // "opencl", "cuda", or empty: a CPU
    std::size_t device_bytes = 0;  // of the device's memory, per image
};

// The same text for the same model, wherever it is written.
std::string header_text(const HeaderFacts &facts);

// int name(const uint8_t *image, int batch, float *log_posterior)
std::string declaration(const std::string &name);

// Throws Error(usage) where the name cannot be a C function's.
void check_name(const std::string &name);

}  // namespace fsd::compiler
