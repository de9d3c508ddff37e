// Pointers to the rows that the terms of a sum are read from, in place of one index for all rows.
//
// A multiply-add whose broadcast operand is at [row + index] is two operations for the front end of an Intel
// core, at [pointer] one. LLVM takes the index wherever it sees through the pointer: that saves additions,
// which stand beside hundreds of multiply-adds here. So a row's address is a variable that the loop changes
// in a way which LLVM cannot foresee, in a block of its own, as the multiply-adds would be sorted by rows
// otherwise: one row's wait for each other.
#pragma once

#include "Halide.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fsd {

class RowPointers : public Halide::Internal::IRMutator {
public:
    // Changes the innermost loops that store to `sum` and load from `tensor`, `terms` numbers side by side of
    // each row, each for one multiply-add. Where a number serves several it has a register of its own.
    RowPointers(const Halide::ImageParam &tensor, const Halide::Func &sum, int terms)
        : tensor_(tensor.name()), sum_(sum.name()), terms_(terms) {}

private:
    using Stmt = Halide::Internal::Stmt;

    // Replaces the loads of a loop's body.
    class Body : public Halide::Internal::IRMutator {
    public:
        struct Row {
            Halide::Expr first;  // the index of its first load
            std::string pointer;
            std::set<int> places;  // of its loads, behind the first
        };
        std::vector<Row> rows;
        bool is_innermost = true, loads_twice = false;

        Body(const std::string &tensor, const std::string &sum) : tensor_(tensor), sum_(sum) {}

        bool has_rows_of(int terms) const {
            bool all = is_innermost && !loads_twice && !rows.empty();
            for (const Row &row : rows) {
                all =
                    all && static_cast<int>(row.places.size()) == terms && *row.places.rbegin() == terms - 1;
            }
            return all;
        }

    private:
        using Halide::Internal::IRMutator::visit;

        Stmt visit(const Halide::Internal::For *op) override {
            is_innermost = false;
            return op;
        }

        Halide::Expr visit(const Halide::Internal::Load *op) override {
            if (op->name != tensor_ || !op->type.is_scalar()) {
                return op;
            }
            const auto [row, place] = find(op->index);
            loads_twice = !rows[row].places.insert(place).second || loads_twice;
            return Halide::Internal::Load::make(op->type, rows[row].pointer, place, Halide::Buffer<>(),
                                                Halide::Parameter(), op->predicate,
                                                Halide::Internal::ModulusRemainder());
        }

        Stmt visit(const Halide::Internal::Store *op) override {
            return op->name == sum_ ? Halide::Internal::IRMutator::visit(op) : op;
        }

        std::pair<std::size_t, int> find(const Halide::Expr &index) {
            for (std::size_t i = 0; i < rows.size(); i++) {
                const Halide::Expr behind = Halide::Internal::simplify(index - rows[i].first);
                const auto place = Halide::Internal::as_const_int(behind);
                if (place && *place >= 0 && *place < most_terms) {
                    return {i, static_cast<int>(*place)};
                }
            }
            rows.push_back({index, Halide::Internal::unique_name(tensor_ + ".row"), {}});
            return {rows.size() - 1, 0};
        }

        static constexpr int most_terms = 64;
        const std::string &tensor_, &sum_;
    };

    using Halide::Internal::IRMutator::visit;

    Stmt visit(const Halide::Internal::For *op) override {
        Body body(tensor_, sum_);
        Stmt changed = body.mutate(op->body);
        if (!body.has_rows_of(terms_) || !all_advance(body.rows, op->name)) {
            return Halide::Internal::IRMutator::visit(op);
        }
        return through(body.rows, op, changed);
    }

    // True where each turn of the loop reads what lies behind the terms of the turn before.
    bool all_advance(const std::vector<Body::Row> &rows, const std::string &loop) const {
        using namespace Halide::Internal;
        const Halide::Expr next = Variable::make(Halide::Int(32), loop) + 1;
        return std::all_of(rows.begin(), rows.end(), [&](const Body::Row &row) {
            return is_const(simplify(substitute(loop, next, row.first) - row.first), terms_);
        });
    }

    // The loop with a variable for the address of each row.
    Stmt through(const std::vector<Body::Row> &rows, const Halide::Internal::For *loop, Stmt body) const {
        using namespace Halide::Internal;
        std::vector<Stmt> starts, steps;
        for (const Body::Row &row : rows) {
            const Halide::Expr address = Load::make(Halide::UInt(64), variable_of(row), 0, Halide::Buffer<>(),
                                                    Halide::Parameter(), const_true(), ModulusRemainder());
            body = LetStmt::make(row.pointer, Halide::reinterpret(Halide::Handle(), address), body);
            starts.push_back(set(row, address_of(substitute(loop->name, loop->min, row.first))));
            steps.push_back(set(row, opaque(address + Halide::cast<uint64_t>(4 * terms_))));
        }
        const Halide::Expr index = Variable::make(Halide::Int(32), loop->name);
        body = Block::make(body, IfThenElse::make(index < loop->min + loop->extent - 1, Block::make(steps)));
        starts.push_back(For::make(loop->name, loop->min, loop->extent, loop->for_type,
                                   loop->partition_policy, loop->device_api, body));
        Stmt all = Block::make(starts);
        for (const Body::Row &row : rows) {
            all = Allocate::make(variable_of(row), Halide::UInt(64), Halide::MemoryType::Stack, {1},
                                 const_true(), all);
        }
        return all;
    }

    static std::string variable_of(const Body::Row &row) { return row.pointer + ".address"; }

    static Stmt set(const Body::Row &row, const Halide::Expr &address) {
        return Halide::Internal::Store::make(variable_of(row), address, 0, Halide::Parameter(),
                                             Halide::Internal::const_true(),
                                             Halide::Internal::ModulusRemainder());
    }

    Halide::Expr start() const {
        return Halide::reinterpret<uint64_t>(Halide::Internal::Variable::make(Halide::Handle(), tensor_));
    }

    Halide::Expr address_of(const Halide::Expr &number) const {
        return start() + Halide::cast<uint64_t>(Halide::cast<int64_t>(number)) * Halide::cast<uint64_t>(4);
    }

    // The highest bit of an address is 0 in every program, which LLVM does not know.
    Halide::Expr opaque(const Halide::Expr &address) const {
        return address | (start() >> Halide::cast<uint64_t>(63));
    }

    std::string tensor_, sum_;
    int terms_;
};

}  // namespace fsd
