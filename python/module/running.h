// A network that Python runs: float32 by kernels, or a quantized one by its integers.
#pragma once

#include "python/module/arrays.h"
#include "runtime/network.h"
#include "runtime/planning/compiled_runner.h"
#include "toolkit/networks/stored_network.h"
#include "toolkit/quantization/integer_network.h"

#include <mutex>
#include <optional>

namespace fsd::python {

// What a run writes besides its result; invalid where it is not wanted.
struct Wanted {
    std::optional<Array> mask;
    std::optional<Floats> evidence, novelty, p_value;
};

class RunningNetwork {
public:
    RunningNetwork(StoredNetwork stored, const std::string &device, int batch);

    const Model &model() const { return stored_.model; }
    const QuantizedNetwork *quantized() const { return stored_.quantized ? &*stored_.quantized : nullptr; }
    std::string device() const { return network_ ? network_->device() : "cpu"; }
    int result_size() const { return fsd::result_size(stored_.model); }
    int evidence_size() const { return network_ ? network_->evidence_size() : 0; }
    std::vector<std::string> kernel_names() const;

    // Any number of samples; calls wait for each other. The caller does not hold Python's lock.
    void run(const Array &inputs, const Floats &result, const Wanted &wanted);

    // The float32 network, held until `lock` goes. Throws Error(unsupported) where there is none.
    Network &network(std::unique_lock<std::mutex> &lock, const char *purpose);

private:
    void run_part(const Array &inputs, const Floats &result, const Wanted &wanted, std::size_t first,
                  int count);
    void run_quantized(const Array &inputs, Tensor &result, const Wanted &wanted, std::size_t first,
                       int count);

    StoredNetwork stored_;
    std::optional<Network> network_;
    std::optional<IntegerNetwork> integers_;
    std::optional<CompiledRunner> compiled_;  // of a quantized network, in place of the integers
    std::mutex mutex_;
};

}  // namespace fsd::python
