// One kernel of a network with its buffers bound, ready to run over any number of samples up to the planned
// one.
#pragma once

#include "runtime/call.h"
#include "runtime/signature.h"

#include <set>

namespace fsd {

// An activation of a whole batch. Kernels see it with the axes that their signature names.
struct Activation {
    int samples = 0;
    Shape shape;     // y, x, group, state
    Tensor numbers;  // dense, at least samples * y * x * group * state elements
};

class Step {
public:
    // `last_layer`: index of the last layer that the kernel computes, -1 for the kernel that reads the image.
    // `mirrors` as for Call.
    Step(const Kernel &kernel, int last_layer, const Mirrors *mirrors);

    // Binds an activation, seen with the axes of the argument's signature: the last axis takes what the
    // others leave.
    void bind(const std::string &argument, const Activation &activation);
    void bind(const std::string &argument, const Tensor &tensor);
    void bind(const std::string &argument, int extent);
    void bind(const std::string &argument, double scalar);

    // Binds what the kernel writes: its one output that is not bound yet.
    void bind_output(const Activation &activation);

    bool is_bound(const std::string &argument) const { return bound_.count(argument) != 0; }

    // Throws Error(unsupported) where the shapes bound are not those that the op's signature derives, or an
    // argument is not bound.
    void check() const;

    // The extents of the inputs' axes and the integer scalars, as bound.
    Extents extents() const;

    // Lets the kernel see the first `samples` samples only.
    void resize(int samples);
    void run() { call_(); }

    Call &call() { return call_; }
    const Call &call() const { return call_; }
    const Kernel &kernel() const { return *kernel_; }
    const Signature &signature() const { return *signature_; }
    int last_layer() const { return last_layer_; }

private:
    struct Batched {
        halide_buffer_t *buffer;
        int per_sample;  // positions of the outermost axis for each sample
    };

    const Kernel *kernel_;
    const Signature *signature_;
    int last_layer_;
    Call call_;
    std::vector<Batched> batched_;
    std::map<std::string, Shape> shapes_;  // of the tensors bound
    Extents extents_;                      // the integers bound
    std::set<std::string> bound_;
};

}  // namespace fsd
