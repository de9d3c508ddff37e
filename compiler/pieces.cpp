// Cuts and calls.
#include "compiler/pieces.h"

#include "compiler/c_call.h"
#include "compiler/memory_place.h"
#include "compiler/stage_kind.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Expr;

// Linear parts of a pipeline. Of 4, 8 and 16 in a piece 4 and 8 took the least time for 128 linear layers,
// and for as many convolutions.
constexpr std::size_t most_of_whole = 16, most_of_piece = 8;

// Two maps are there at a time.
const char *const names[2] = {"even_map", "odd_map"};

Expr pointer(const std::string &name) {
    return Variable::make(Halide::type_of<void *>(), name);
}

std::size_t aligned(std::size_t bytes) {
    constexpr auto alignment = static_cast<std::size_t>(memory_alignment);
    return (bytes + alignment - 1) / alignment * alignment;
}

std::size_t bytes_in(const StageMap &map) {
    return aligned(sizeof(float) * static_cast<std::size_t>(map.sites()) *
                   static_cast<std::size_t>(map.channels()));
}

Expr given(const LoweredArgument &argument) {
    return argument.is_buffer()
               ? Variable::make(Halide::type_of<halide_buffer_t *>(), argument.name + ".buffer")
               : Variable::make(argument.type, argument.name);
}

// What is in front of piece `i`.
Expr map_buffer(const std::vector<Piece> &pieces, std::size_t i) {
    const StageMap &map = pieces[i].entering;
    return dense_buffer(pointer(names[i % 2]), Halide::Float(32), {map.channels(), map.width, map.height, 1});
}

// Calls all of them, where the maps have their places.
Stmt call_all(const std::vector<LoweredFunc> &functions, const std::vector<Piece> &pieces,
              const std::vector<LoweredArgument> &arguments, std::size_t result) {
    std::vector<Stmt> calls;
    for (std::size_t i = 0; i < pieces.size(); i++) {
        std::vector<Expr> handed_on;
        std::transform(arguments.begin(), arguments.end(), std::back_inserter(handed_on), given);
        if (i > 0) {
            handed_on.front() = map_buffer(pieces, i);
        }
        if (i + 1 < pieces.size()) {
            handed_on[result] = map_buffer(pieces, i + 1);
        }
        calls.push_back(call(functions[i].name, handed_on));
    }
    return Block::make(calls);
}

}  // namespace

std::vector<Piece> pieces_of(const Model &model) {
    std::vector<std::size_t> linear;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        if (stage_kind(model, index).linear) {
            linear.push_back(index);
        }
    }
    const std::size_t count =
        linear.size() <= most_of_whole ? 1 : (linear.size() + most_of_piece - 1) / most_of_piece;
    std::vector<Piece> pieces(count);
    for (std::size_t i = 0; i < count; i++) {
        pieces[i].first = i == 0 ? 0 : linear[i * linear.size() / count];
        pieces[i].end = i + 1 == count ? model.layers.size() : linear[(i + 1) * linear.size() / count];
    }
    return pieces;
}

void append_call_of_pieces(Halide::Module &module, const std::vector<Piece> &pieces, MemoryPlace place,
                           TensorBytes &bytes) {
    std::vector<LoweredFunc> functions;
    for (std::size_t i = 0; i < pieces.size(); i++) {
        functions.push_back(module.get_function_by_name(text(module.name(), "_piece", i)));
    }
    const bool on_stack = place == MemoryPlace::stack;
    std::vector<LoweredArgument> arguments = functions.front().args;
    const std::size_t result = arguments.size() - (on_stack ? 1 : 2);
    arguments[result] = functions.back().args[result];
    Stmt body = call_all(functions, pieces, arguments, result);
    for (const std::size_t which : {0, 1}) {
        std::size_t of_map = 0;
        for (std::size_t i = 1; i < pieces.size(); i++) {
            of_map = i % 2 == which ? std::max(of_map, bytes_in(pieces[i].entering)) : of_map;
        }
        if (of_map == 0) {
            continue;  // of two pieces
        }
        if (on_stack) {
            body = Allocate::make(names[which], Halide::Float(32), Halide::MemoryType::Register,
                                  {static_cast<int>(of_map / sizeof(float))}, const_true(), body);
            bytes.stack += of_map;
        } else {
            body = LetStmt::make(names[which], behind(pointer("memory"), bytes.memory), body);
            bytes.memory += of_map;
        }
    }
    module.append(
        LoweredFunc(module.name(), arguments, body, Halide::LinkageType::External, Halide::NameMangling::C));
}

}  // namespace fsd::compiler
