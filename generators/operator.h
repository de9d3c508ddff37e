// The base of every operator's generator.
#pragma once

#include "generators/autoscheduling.h"
#include "generators/plain_formulas.h"

// A schedule that was adopted for one shape (cmake/AdoptedKernels.cmake): the generator has no other.
#ifdef FSDNET_ADOPTED_SCHEDULE
#include FSDNET_ADOPTED_SCHEDULE
#endif

namespace fsd {

// Where an autoscheduler takes over, schedule() does nothing and the formula is stated plainly
// (generators/autoscheduling.h).
template<typename Op>
class Operator : public Halide::Generator<Op> {
public:
    // What an autoscheduler schedules for: "argument:extent:extent/argument:...", innermost axis first; a
    // scalar has its value. Where an argument is missing, the generator's own estimates hold.
    Halide::GeneratorParam<std::string> estimates{"estimates", ""};

    Halide::Pipeline build_pipeline() override {
#ifdef FSDNET_ADOPTED_SCHEDULE
        const bool adopted = true;
#else
        const bool adopted = false;
#endif
        const PlainFormulas plain(adopted || this->using_autoscheduler());
        Halide::Pipeline pipeline = Halide::Generator<Op>::build_pipeline();
        if (this->using_autoscheduler()) {
            estimate_arguments(*this, estimates);
        }
        if (PlainFormulas::are_wanted()) {
            drop_promises(pipeline);
        }
#ifdef FSDNET_ADOPTED_SCHEDULE
        apply_schedule_candidate(pipeline, this->target);
#endif
        return pipeline;
    }
};

}  // namespace fsd
