// Written in Halide's intermediate representation, so that the network's library needs no compiler but
// Halide.
#include "compiler/entry_point.h"

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Argument;
using Halide::Expr;
using Halide::Int;

Expr is_null(const Expr &pointer) {
    return Halide::reinterpret<uint64_t>(pointer) == Halide::cast<uint64_t>(0);
}

// Extents innermost first.
Expr dense_buffer(const Expr &host, const Halide::Type &type, const std::vector<Expr> &extents) {
    BufferBuilder builder;
    builder.host = host;
    builder.type = type;
    builder.dimensions = static_cast<int>(extents.size());
    Expr stride = 1;
    for (const Expr &extent : extents) {
        builder.mins.emplace_back(0);
        builder.extents.push_back(extent);
        builder.strides.push_back(stride);
        stride = simplify(stride * extent);
    }
    return builder.build();
}

// Where the condition does not hold the function returns the status.
Stmt require(const Expr &condition, EntryStatus status) {
    return AssertStmt::make(condition, Expr(static_cast<int>(status)));
}

// Where the function called does not return 0, that is what the caller returns.
Stmt call(const std::string &function, const std::vector<Expr> &arguments) {
    const Expr status = Variable::make(Int(32), "status");
    return LetStmt::make("status", Call::make(Int(32), function, arguments, Call::Extern),
                         AssertStmt::make(status == 0, status));
}

// The arguments of the C function.
const Expr image = Variable::make(Halide::type_of<const uint8_t *>(), "image"),
           batch = Variable::make(Int(32), "batch"),
           log_posterior = Variable::make(Halide::type_of<float *>(), "log_posterior"),
           numbers = Variable::make(Halide::type_of<halide_buffer_t *>(), "numbers.buffer");

LoweredArgument scalar(const Expr &variable) {
    return {variable.as<Variable>()->name, Argument::InputScalar, variable.type(), 0,
            Halide::ArgumentEstimates{}};
}

}  // namespace

Halide::Module entry_module(const EntryPoint &entry, const Halide::Target &target) {
    Halide::Module module(entry.name, target);
    Halide::Buffer<uint8_t> packed(static_cast<int>(entry.numbers.size()), "numbers");
    std::copy(entry.numbers.begin(), entry.numbers.end(), packed.begin());
    module.append(packed);
    module.append(LoweredFunc(
        entry.name, std::vector<LoweredArgument>{scalar(image), scalar(batch), scalar(log_posterior)},
        call(entry.call(), {image, batch, log_posterior, numbers}), Halide::LinkageType::External,
        Halide::NameMangling::C));
    return module;
}

Halide::Module call_module(const EntryPoint &entry, const Halide::Target &target) {
    const Expr images =
        dense_buffer(image, Halide::UInt(8), {entry.colors, entry.width, entry.height, batch});
    const Expr log_posteriors = dense_buffer(log_posterior, Halide::Float(32), {entry.classes, batch});
    std::vector<Expr> arguments(static_cast<std::size_t>(entry.views), numbers);
    arguments.insert(arguments.begin(), images);
    arguments.push_back(log_posteriors);
    const Stmt run =
        Block::make(require(!is_null(image) && !is_null(log_posterior), EntryStatus::null_pointer),
                    call(entry.pipeline, arguments));
    const Stmt body =
        Block::make(require(batch >= 0, EntryStatus::negative_batch), IfThenElse::make(batch > 0, run));
    const LoweredArgument packed("numbers", Argument::InputBuffer, Halide::UInt(8), 1,
                                 Halide::ArgumentEstimates{});
    Halide::Module module(entry.call(), target);
    module.append(
        LoweredFunc(entry.call(),
                    std::vector<LoweredArgument>{scalar(image), scalar(batch), scalar(log_posterior), packed},
                    body, Halide::LinkageType::External, Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
