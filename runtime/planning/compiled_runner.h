// Runs a compiled library in the place of planned steps.
#pragma once

#include "runtime/compiled_library.h"
#include "runtime/network.h"

namespace fsd {

class CompiledRunner {
public:
    // `model`, or the description of a quantized network, must be valid and outlive the runner; the
    // fingerprint says its numbers. Throws Error(bad_input) where options.compiled cannot be loaded or was
    // compiled of another network, Error(usage) where options.device is no CPU.
    CompiledRunner(const Model &model, std::uint64_t fingerprint, const NetworkOptions &options);

    // Whether the library has a function for such inputs.
    bool takes(const Tensor &inputs) const;

    // Arguments that Network has checked, of which it takes() the inputs. Each sample is computed by itself,
    // so that neither threads nor calls show in the result. Allocates nothing.
    void run(const Tensor &inputs, Tensor &result);

private:
    void run_dense(const void *inputs, bool floats, int samples, float *result) const;
    void stage(const Tensor &inputs, int first, int samples);

    const Model &model_;
    CompiledLibrary library_;
    std::size_t numbers_;  // of a sample
    int batch_;
    Tensor inputs_, result_;  // a batch, for inputs that are floats, and tensors that are not dense
};

}  // namespace fsd
