// What a device does at best, and what schedules for it are measured against: multiply-adds in registers, and
// a copy of its memory.
#include "Halide.h"

namespace fsd {

// Each thread has a few chains, each step of which needs the one before; two operations per step.
class MultiplyAdds : public Halide::Generator<MultiplyAdds> {
public:
    GeneratorParam<int> chains{"chains", 8};
    GeneratorParam<int> steps{"steps", 4096};
    Input<Buffer<float, 1>> factor{"factor"};
    Output<Buffer<float, 1>> sum{"sum"};

    void generate() {
        step_ = Halide::RDom(0, steps, "step");
        number_(chain_, element_) = Halide::cast<float>(chain_);
        // The condition is always true; it makes the step a loop.
        number_(chain_, element_) =
            select(step_ >= 0, number_(chain_, element_) * factor(element_) + 0.5f, 0.f);
        Halide::Expr total = number_(0, element_);
        for (int chain = 1; chain < chains; chain++) {
            total += number_(chain, element_);
        }
        sum(element_) = total;
    }

    void schedule() {
        Halide::Var block{"block"}, thread{"thread"};
        sum.split(element_, block, thread, 256).gpu_blocks(block).gpu_threads(thread);
        number_.compute_at(sum, thread).bound_storage(chain_, chains).unroll(chain_);
        number_.update().reorder(chain_, step_).unroll(chain_).unroll(step_, 16);
    }

private:
    Halide::Var chain_{"chain"}, element_{"element"};
    Halide::RDom step_;
    Halide::Func number_{"number"};
};

class Copy : public Halide::Generator<Copy> {
public:
    Input<Buffer<float, 1>> from{"from"};
    Output<Buffer<float, 1>> to{"to"};

    void generate() { to(element_) = from(element_); }

    void schedule() {
        Halide::Var block{"block"}, thread{"thread"};
        to.split(element_, block, thread, 256).gpu_blocks(block).gpu_threads(thread);
    }

private:
    Halide::Var element_{"element"};
};

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MultiplyAdds, device_multiply_adds)
HALIDE_REGISTER_GENERATOR(fsd::Copy, device_copy)
