// A model made runnable: every kernel chosen, every buffer planned once. Running only calls kernels.
#pragma once

#include "runtime/call.h"
#include "runtime/model.h"
#include "runtime/signature.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fsd {

struct NetworkOptions {
    std::vector<std::string> schedules = {"tuned", "cpu"};  // preferred first
    bool fuse = true;                                       // take fused kernels where they exist
    int batch = 64;                                         // samples that run through the layers at a time
    // Where the kernels run: "cpu", "cuda", "opencl" or "auto" (runtime/device.h). On a device the tensors
    // stay there from the image to the result; an operator without a kernel for it runs on the CPU, as
    // `schedules` says.
    std::string device = "cpu";
    // The path of a shared library that `fsdnet compile --shared` made of this very network, which is code
    // that runs in this process; it is taken in place of the kernels by runs that want the result alone,
    // without a mask, evidence, novelty or observer. Results may then be rounded otherwise
    // (docs/numerics.md). A call needs as much stack as the library's header says besides. Empty: kernels.
    std::string compiled = {};
};

// What a run reads and writes. All but inputs and result may be left out (nullptr).
struct RunArguments {
    const Tensor &inputs;
    Tensor &result;
    // uint8 [sample, y, x, 1 or color]: 0 where a pixel, or one color of it, was not observed. It then
    // contributes nothing, whatever its value (docs/math.md, 2.6): marginalization, no guess.
    const Tensor *mask = nullptr;
    // float32 [sample, evidence_size()]: for each normalized layer the mean over its sites and groups of the
    // log-evidence log sum_state exp(z), nats.
    Tensor *evidence = nullptr;
    // float32 [sample] each: score and p-value of the model's fit (runtime/novelty.h), by the most probable
    // class. They are about whole images: not together with a mask.
    Tensor *novelty = nullptr;
    Tensor *p_value = nullptr;
};

// Keeps copies of the model's numbers. One network runs one call at a time; several threads need a network
// each. Neither what it plans nor what it computes depends on the caller's floating-point environment, which
// stays as it was (docs/numerics.md).
class Network {
public:
    // Checks the model against the kernels. Throws Error(bad_input), or Error(unsupported) where a kernel or
    // the device is missing.
    explicit Network(const Model &model, const NetworkOptions &options = {});
    ~Network();
    Network(Network &&) noexcept;
    Network &operator=(Network &&) noexcept;

    const Model &model() const;

    // Numbers of a result: as many as classes, or those that the network gives.
    int result_size() const;

    // "cpu", "cuda" or "opencl".
    const std::string &device() const;

    // inputs: uint8 [sample, y, x, color], any number of samples; or float32 of the same shape or [sample,
    // size] for a vector, where an input of Bernoulli states takes probabilities of state 1
    // (docs/formats.md). result: float32 [sample, class], log-probabilities in nats, or [sample, number]
    // where the network gives numbers. The same bits for any number of threads and however the samples are
    // split into calls, on one device. Allocates nothing after the first call with a number of threads (a
    // device's driver may). Throws Error(bad_input) for a wrong shape or type, and where the result is not a
    // distribution (a NaN in the model's numbers) or an input is not finite; Error(unsupported) where the
    // device fails or has no memory left.
    void run(const Tensor &inputs, Tensor &result);

    // The same with a mask, or with the evidence of the layers, which may round the result differently by a
    // few units in the last place. The first call with another choice of the two plans it and takes memory.
    // Throws Error(unsupported) besides where an input that is not Bernoulli, or a first layer that is no KLD
    // layer, has no unobserved pixels, where a network without normalized layers has no evidence, and where
    // the model has no fit of its novelty.
    void run(const RunArguments &arguments);

    // Layers that normalize exactly, by Bayes' rule or softmax; the evidence has a number for each.
    int evidence_size() const;

    // Runs and shows the activation after each kernel as float32 [sample, y, x, group, state], in batches of
    // at most `batch` samples; it is overwritten afterwards. With fuse = false that is after each layer.
    // `layer` is the index of the last layer that the kernel computes.
    using Observer = std::function<void(std::size_t layer, const Tensor &activation)>;
    void run(const Tensor &inputs, Tensor &result, const Observer &observe);
    void run(const RunArguments &arguments, const Observer &observe);

    // The kernels in the order in which they run, for bytes where the input takes them.
    std::vector<const Kernel *> kernels() const;

    // Their names for the planned batch, with that of a kernel made for its shape where one is in force.
    std::vector<std::string> kernel_names() const;

    // For each of them the extents of its inputs' axes and its integer scalars, for a whole batch.
    std::vector<Extents> extents() const;

private:
    struct Plans;
    std::unique_ptr<Plans> plans_;
};

}  // namespace fsd
