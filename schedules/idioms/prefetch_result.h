// Prefetches the lines that a result will be written to, while what it needs is still computed.
//
// A store to a line that is not in the cache reads it first. Where rows are written in a pass of its own,
// that pass is as long as its reading.
#pragma once

#include "schedules/idioms/prefetch_ahead.h"

namespace fsd {

// Fetches lines of one tensor in place of another's.
class FetchInstead : public Halide::Internal::IRMutator {
public:
    FetchInstead(std::string of, std::string in_place_of)
        : of_(std::move(of)), in_place_of_(std::move(in_place_of)) {}

private:
    using Call = Halide::Internal::Call;
    using Variable = Halide::Internal::Variable;
    using Halide::Internal::IRMutator::visit;

    Halide::Expr visit(const Call *op) override {
        if (!op->is_intrinsic(Call::prefetch) || op->args[0].as<Variable>()->name != in_place_of_) {
            return Halide::Internal::IRMutator::visit(op);
        }
        std::vector<Halide::Expr> args = op->args;
        args[0] = Variable::make(Halide::Handle(), of_);
        return Call::make(op->type, op->name, args, op->call_type);
    }

    std::string of_, in_place_of_;
};

// Beside the stores of the stages of `funcs`, prefetches the result at the places of what they load from
// `tensor`. Both have the same strides as a rule; where they do not, other lines are prefetched, which does
// no harm. Called before other prefetches are asked for.
inline void prefetch_result(Halide::Pipeline pipeline, const Halide::ImageParam &tensor,
                            const Halide::OutputImageParam &result, const std::vector<Halide::Func> &funcs) {
    pipeline.add_custom_lowering_pass(std::make_unique<PrefetchAhead>(tensor, funcs, 0).release());
    pipeline.add_custom_lowering_pass(std::make_unique<FetchInstead>(result.name(), tensor.name()).release());
}

}  // namespace fsd
