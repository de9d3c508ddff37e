// The instruction set that a test compiles networks for.
#pragma once

#include <cstdlib>
#include <string>

namespace fsd::testing {

// Halide's name of an instruction set of runtime/instruction_set.h.
inline std::string target_of(const std::string &instruction_set) {
    if (instruction_set == "avx512_vnni") {
        return FSDNET_TARGET_AVX512_VNNI;
    }
    if (instruction_set == "avx512") {
        return FSDNET_TARGET_AVX512;
    }
    return instruction_set == "avx2" ? FSDNET_TARGET_AVX2 : FSDNET_TARGET_BASELINE;
}

// What the kernels of this process are limited to (tests/main.cpp), else this machine's own.
inline std::string target_in_use() {
    const char *limit = std::getenv("FSDNET_INSTRUCTION_SET");
    return limit ? target_of(limit) : "host";
}

}  // namespace fsd::testing
