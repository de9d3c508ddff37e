// Prefetches what lies ahead of the numbers that a stage loads, one cache line beside each line's worth of
// loads.
//
// Where a tensor is read in several passes, one of which computes for long, the processor's own prefetching
// stops at each page and does not run during that pass. Halide's directive is no help: Halide 21 advances
// offsets, which count numbers, by bytes, so that of a range of floats each fourth line is fetched.
#pragma once

#include "generators/schedule_parameters.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fsd {

class PrefetchAhead : public Halide::Internal::IRMutator {
public:
    // Beside the stores of the stages of `funcs`, prefetches what lies `distance` numbers behind those that
    // they load from `tensor`. Addresses beyond its end do no harm: a prefetch does not fault.
    PrefetchAhead(const Halide::ImageParam &tensor, const std::vector<Halide::Func> &funcs,
                  Halide::Expr distance)
        : tensor_(tensor.name()), distance_(std::move(distance)) {
        for (const Halide::Func &func : funcs) {
            funcs_.insert(func.name());
        }
    }

private:
    using Load = Halide::Internal::Load;
    using Stmt = Halide::Internal::Stmt;

    // The loads in an expression of vectors whose lanes lie a constant number apart.
    class Loads : public Halide::Internal::IRVisitor {
    public:
        explicit Loads(const std::string &tensor) : tensor_(tensor) {}
        std::vector<const Halide::Internal::Ramp *> found;

    private:
        using Halide::Internal::IRVisitor::visit;
        void visit(const Load *op) override {
            const auto *ramp = op->index.as<Halide::Internal::Ramp>();
            if (op->name == tensor_ && ramp != nullptr && Halide::Internal::as_const_int(ramp->stride)) {
                found.push_back(ramp);
            }
            Halide::Internal::IRVisitor::visit(op);
        }
        const std::string &tensor_;
    };

    using Halide::Internal::IRMutator::visit;

    // Rows that lie side by side in a vector of each state are loaded once per state, each time from the same
    // lines: the bases of these loads differ by constants.
    Stmt visit(const Halide::Internal::For *op) override {
        std::vector<Halide::Expr> bases, values;
        std::swap(bases, bases_);
        std::swap(values, values_);
        Stmt loop = Halide::Internal::IRMutator::visit(op);
        std::swap(bases, bases_);
        std::swap(values, values_);
        return loop;
    }

    Stmt visit(const Halide::Internal::LetStmt *op) override {
        values_.push_back(op->value);
        Stmt statement = Halide::Internal::IRMutator::visit(op);
        values_.pop_back();
        return statement;
    }

    Stmt visit(const Halide::Internal::Store *op) override {
        if (funcs_.count(op->name) == 0) {
            return op;
        }
        Loads loads(tensor_);
        op->value.accept(&loads);
        for (const Halide::Expr &value : values_) {
            value.accept(&loads);
        }
        Stmt result = op;
        for (const Halide::Internal::Ramp *ramp : loads.found) {
            for (const Halide::Expr &line : lines(*ramp)) {
                result = Halide::Internal::Block::make(prefetch(line), result);
            }
        }
        return result;
    }

    // The first numbers of the lines that a load is the first one to touch.
    std::vector<Halide::Expr> lines(const Halide::Internal::Ramp &ramp) {
        const int stride = static_cast<int>(*Halide::Internal::as_const_int(ramp.stride));
        for (const Halide::Expr &base : bases_) {
            const auto behind = Halide::Internal::as_const_int(Halide::Internal::simplify(ramp.base - base));
            if (behind && *behind >= 0 && *behind < stride) {
                return {};
            }
        }
        bases_.push_back(ramp.base);
        std::vector<Halide::Expr> all;
        for (int number = 0; number < stride * ramp.lanes; number += numbers_per_line) {
            all.push_back(ramp.base + number);
        }
        return all;
    }

    Stmt prefetch(const Halide::Expr &number) const {
        using namespace Halide::Internal;
        const Halide::Expr base = Variable::make(Halide::Handle(), tensor_);
        return Evaluate::make(Call::make(Halide::Float(32), Call::prefetch,
                                         {base, number + distance_, 1, numbers_per_line}, Call::Intrinsic));
    }

    static constexpr int numbers_per_line = 16;
    std::string tensor_;
    Halide::Expr distance_;
    std::set<std::string> funcs_;
    std::vector<Halide::Expr> bases_;   // of the loads that were seen in this loop
    std::vector<Halide::Expr> values_;  // named in this loop and in scope
};

// The parameter of a schedule that prefetches rows of states, in numbers.
inline ScheduleParameter prefetch_parameter() {
    return {"numbers_ahead", "4096", {"0", "1024", "8192"}};
}

// Prefetches the rows of `states` states beside the stages of `funcs`. Rows of fewer than 32 states have
// small tiles, whose next one is near.
inline void prefetch_rows(Halide::Pipeline pipeline, const Halide::ImageParam &tensor,
                          const Halide::Expr &states, const std::vector<Halide::Func> &funcs,
                          int numbers_ahead) {
    if (numbers_ahead > 0) {
        auto pass = std::make_unique<PrefetchAhead>(
            tensor, funcs, select(states < 32, std::min(256, numbers_ahead), numbers_ahead));
        pipeline.add_custom_lowering_pass(pass.release());
    }
}

}  // namespace fsd
