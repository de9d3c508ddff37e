// Estimates of arguments, and formulas without promises.
#include "generators/autoscheduling.h"

#include "generators/words.h"

#include <algorithm>

namespace fsd {
namespace {

// Empty where there is no such argument.
std::vector<int> numbers_of(const std::string &estimates, const std::string &argument) {
    for (const std::string &entry : parts(estimates, '/')) {
        const std::vector<std::string> words = parts(entry, ':');
        if (words.front() == argument) {
            std::vector<int> numbers;
            std::transform(words.begin() + 1, words.end(), std::back_inserter(numbers),
                           [](const std::string &word) { return std::stoi(word); });
            return numbers;
        }
    }
    return {};
}

// No extent depends on a number that is no integer: a half. With 1, which is nobody's choice either, nothing
// would be left of a factor (1 - beta), and there Mullapudi2016 ends with an error of no words.
void estimate_input(Halide::Parameter input, const std::vector<int> &numbers) {
    if (!input.is_buffer()) {
        const Halide::Expr half = cast(input.type(), 0.5f);
        input.set_estimate(input.type().is_int() ? cast(input.type(), numbers.front()) : half);
        return;
    }
    for (int axis = 0; axis < input.dimensions(); axis++) {
        input.set_min_constraint_estimate(axis, 0);
        input.set_extent_constraint_estimate(axis, numbers[axis]);
    }
}

void estimate_output(Halide::Func output, const std::vector<int> &numbers) {
    output.function().schedule().estimates().clear();
    const std::vector<Halide::Var> axes = output.args();
    for (std::size_t axis = 0; axis < axes.size(); axis++) {
        output.set_estimate(axes[axis], 0, numbers[axis]);
    }
}

class ClampForPromise : public Halide::Internal::IRMutator {
    using IRMutator::visit;
    Halide::Expr visit(const Halide::Internal::Call *call) override {
        if (!call->is_intrinsic(Halide::Internal::Call::unsafe_promise_clamped)) {
            return IRMutator::visit(call);
        }
        return Halide::clamp(mutate(call->args[0]), mutate(call->args[1]), mutate(call->args[2]));
    }
};

}  // namespace

void estimate_arguments(Halide::Internal::GeneratorBase &generator, const std::string &estimates) {
    Halide::Internal::AbstractGenerator &described = generator;
    for (const auto &argument : described.arginfos()) {
        const std::vector<int> numbers = numbers_of(estimates, argument.name);
        if (numbers.empty()) {
            continue;
        }
        if (argument.dir == Halide::Internal::ArgInfoDirection::Input) {
            estimate_input(described.input_parameter(argument.name).front(), numbers);
        } else {
            estimate_output(described.output_func(argument.name).front(), numbers);
        }
    }
}

void drop_promises(const Halide::Pipeline &pipeline) {
    ClampForPromise clamps;
    for (const Halide::Func &output : pipeline.outputs()) {
        for (auto &[name, function] : Halide::Internal::find_transitive_calls(output.function())) {
            function.mutate(&clamps);
        }
    }
}

}  // namespace fsd
