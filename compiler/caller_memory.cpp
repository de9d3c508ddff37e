// Allocations become addresses in the memory.
#include "compiler/caller_memory.h"

#include "compiler/c_call.h"
#include "compiler/memory_place.h"
#include "compiler/stack_use.h"
#include "runtime/error.h"

#include <algorithm>
#include <limits>
#include <map>

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Expr;

// The tile of a sum, which must be on the stack for LLVM to keep it in registers, is smaller on all machines.
constexpr std::size_t most_on_stack = 2048;

const char *const memory_name = "memory";

// A part of the memory, for one tensor after the other. To Halide it is a tensor itself: loads and stores of
// two tensors never meet, which LLVM relies on, so that tensors in the same place have its name.
struct Place {
    std::string name;
    Halide::Type type;
    std::size_t bytes = 0;
    bool is_taken = false;
};

class Mover : public IRMutator {
public:
    using IRMutator::mutate;

    std::vector<Place> places;

protected:
    using IRMutator::visit;

    Stmt visit(const Allocate *allocation) override {
        const std::size_t bytes = stack_bytes(*allocation);
        if (bytes <= most_on_stack) {
            return IRMutator::visit(allocation);
        }
        taken_[allocation->name] = take(allocation->type, bytes);
        Stmt body = mutate(allocation->body);
        leave(allocation->name);
        taken_.erase(allocation->name);
        return body;
    }

    Stmt visit(const Free *end) override {
        if (taken_.count(end->name) == 0) {
            return end;
        }
        leave(end->name);
        return Evaluate::make(0);
    }

    Expr visit(const Load *load) override {
        const auto found = taken_.find(load->name);
        if (found == taken_.end()) {
            return IRMutator::visit(load);
        }
        return Load::make(load->type, places[found->second].name, mutate(load->index), load->image,
                          load->param, mutate(load->predicate), load->alignment);
    }

    Stmt visit(const Store *store) override {
        const auto found = taken_.find(store->name);
        if (found == taken_.end()) {
            return IRMutator::visit(store);
        }
        return Store::make(places[found->second].name, mutate(store->value), mutate(store->index),
                           store->param, mutate(store->predicate), store->alignment);
    }

private:
    // The smallest free place that is large enough, else the largest one, which grows, else a new one.
    std::size_t take(const Halide::Type &type, std::size_t bytes) {
        std::size_t best = places.size();
        for (std::size_t i = 0; i < places.size(); i++) {
            const auto is_better = [&](const Place &candidate, const Place &found) {
                return found.bytes < bytes ? candidate.bytes > found.bytes
                                           : candidate.bytes >= bytes && candidate.bytes < found.bytes;
            };
            if (!places[i].is_taken && places[i].type == type &&
                (best == places.size() || is_better(places[i], places[best]))) {
                best = i;
            }
        }
        if (best == places.size()) {
            places.push_back({text(memory_name, ".part", best), type});
        }
        places[best].bytes = std::max(places[best].bytes, bytes);
        places[best].is_taken = true;
        return best;
    }

    void leave(const std::string &tensor) { places[taken_.at(tensor)].is_taken = false; }

    std::map<std::string, std::size_t> taken_;  // places of the tensors that there are
};

std::size_t aligned(std::size_t bytes) {
    constexpr auto alignment = static_cast<std::size_t>(memory_alignment);
    return (bytes + alignment - 1) / alignment * alignment;
}

Expr address(std::size_t offset) {
    return behind(Variable::make(Halide::type_of<void *>(), memory_name), offset);
}

}  // namespace

std::size_t move_to_memory(LoweredFunc &function) {
    Mover mover;
    Stmt body = mover.mutate(function.body);
    std::size_t bytes = 0;
    for (const Place &place : mover.places) {
        if (bytes + place.bytes > std::numeric_limits<int32_t>::max() - memory_alignment) {
            throw Error(ExitCode::unsupported,
                        "The network's maps need more than the 2 GiB of memory that a compiled network "
                        "may use; run it with the runtime.");
        }
        body = LetStmt::make(place.name, address(bytes), body);
        bytes += aligned(place.bytes);
    }
    function.body = body;
    function.args.emplace_back(memory_name, Halide::Argument::InputScalar, Halide::type_of<void *>(), 0,
                               Halide::ArgumentEstimates{});
    return bytes;
}

}  // namespace fsd::compiler
