// Lets a stage read something else than its formula says: how a schedule gives a stage its copy of an input.
#pragma once

#include "Halide.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd {

// Puts `replacement` in the place of each call of `name` in the definitions of a Func. Unlike Func::in, which
// takes effect when the pipeline is lowered, it does so at once: conditions in the replacement are seen where
// the Func is specialized.
class ReadInstead : public Halide::Internal::IRMutator {
public:
    // Of the call and of the place that it reads.
    using Replacement =
        std::function<Halide::Expr(const Halide::Expr &call, const std::vector<Halide::Expr> &place)>;

    ReadInstead(std::string name, Replacement replacement)
        : name_(std::move(name)), replacement_(std::move(replacement)) {}

private:
    using IRMutator::visit;

    Halide::Expr visit(const Halide::Internal::Call *call) override {
        const Halide::Expr same = IRMutator::visit(call);
        return call->name == name_ ? replacement_(same, same.as<Halide::Internal::Call>()->args) : same;
    }

    std::string name_;
    Replacement replacement_;
};

inline void read_instead(Halide::Func reader, const std::string &name,
                         const ReadInstead::Replacement &replacement) {
    ReadInstead mutator(name, replacement);
    reader.function().mutate(&mutator);
}

}  // namespace fsd
