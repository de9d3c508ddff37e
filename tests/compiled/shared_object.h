// Compiled networks as functions of the running test.
#pragma once

#include "compiler/library.h"
#include "tests/runtime/models.h"

namespace fsd::testing {

using CompiledNetwork = int (*)(const uint8_t *image, int batch, float *result);
using CompiledForFloats = int (*)(const float *numbers, int batch, float *result);

// Compiles models, links their libraries into one shared object with the C compiler and loads it.
class SharedObject {
public:
    // Targets are Halide's names. `floats`: with a second function, for floats.
    compiler::Library add(const Model &model, const std::string &name,
                          const std::vector<std::string> &targets, bool floats = false);
    compiler::Library add(const QuantizedNetwork &network, const std::string &name,
                          const std::vector<std::string> &targets);
    void load();
    CompiledNetwork function(const std::string &name) const {
        return reinterpret_cast<CompiledNetwork>(symbol(name));
    }
    CompiledForFloats function_for_floats(const std::string &name) const {
        return reinterpret_cast<CompiledForFloats>(symbol(name));
    }

private:
    template<typename Network>
    compiler::Library add_network(const Network &network, const std::string &name,
                                  const std::vector<std::string> &targets, bool floats);
    void *symbol(const std::string &name) const;

    TemporaryFolder folder_;
    std::string names_;
    void *handle_ = nullptr;
};

}  // namespace fsd::testing
