// Compiled networks as functions of the running test.
#pragma once

#include "compiler/library.h"
#include "tests/runtime/models.h"

namespace fsd::testing {

using CompiledNetwork = int (*)(const uint8_t *image, int batch, float *result);
using CompiledForFloats = int (*)(const float *numbers, int batch, float *result);
using CompiledJudge = int (*)(const uint8_t *image, int batch, float *result, float *novelty, float *p_value);
using CompiledMasked = int (*)(const uint8_t *image, const uint8_t *mask, int mask_colors, int batch,
                               float *result);

// Compiles models, links their libraries into one shared object with the C compiler and loads it.
class SharedObject {
public:
    // Targets are Halide's names. `floats`: with a second function, for floats.
    compiler::Library add(const Model &model, const std::string &name,
                          const std::vector<std::string> &targets, bool floats = false);
    compiler::Library add(const QuantizedNetwork &network, const std::string &name,
                          const std::vector<std::string> &targets);
    // With what `functions` asks for.
    compiler::Library add(const Model &model, const std::string &name,
                          const std::vector<std::string> &targets, const compiler::LibraryOptions &functions);
    void load();
    CompiledNetwork function(const std::string &name) const {
        return reinterpret_cast<CompiledNetwork>(symbol(name));
    }
    CompiledForFloats function_for_floats(const std::string &name) const {
        return reinterpret_cast<CompiledForFloats>(symbol(name));
    }
    CompiledJudge judge(const std::string &name) const {
        return reinterpret_cast<CompiledJudge>(symbol(name + "_judge"));
    }
    CompiledMasked masked(const std::string &name) const {
        return reinterpret_cast<CompiledMasked>(symbol(name + "_masked"));
    }

    // A function of another type.
    template<typename Function>
    Function symbol(const std::string &name) const {
        return reinterpret_cast<Function>(symbol(name));
    }

private:
    template<typename Network>
    compiler::Library add_network(const Network &network, const std::string &name,
                                  const std::vector<std::string> &targets, compiler::LibraryOptions options);
    void *symbol(const std::string &name) const;

    TemporaryFolder folder_;
    std::string names_;
    void *handle_ = nullptr;
};

}  // namespace fsd::testing
