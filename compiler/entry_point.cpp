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
           numbers = Variable::make(Halide::type_of<halide_buffer_t *>(), "numbers.buffer"),
           on_device = Variable::make(Int(32), "on_device");

LoweredArgument scalar(const Expr &variable) {
    return {variable.as<Variable>()->name, Argument::InputScalar, variable.type(), 0,
            Halide::ArgumentEstimates{}};
}

// Calls the pipeline with tensors in a device's memory, where compiler/device/ puts them.
Stmt run_on_device(const EntryPoint &entry, const std::vector<Expr> &tensors) {
    const std::vector<std::string> names{"image.buffer", "numbers.kept.buffer", "log_posterior.buffer"};
    std::vector<Expr> buffers;
    for (const std::string &name : names) {
        buffers.push_back(Variable::make(Halide::type_of<halide_buffer_t *>(), name));
    }
    const Expr ran = Variable::make(Int(32), "ran");
    Stmt run =
        LetStmt::make("ran", Call::make(Int(32), entry.pipeline, buffers, Call::Extern),
                      call("fsdnet_" + entry.device + "_finish", {ran, buffers[0], buffers[2], on_device}));
    run = Block::make(
        call("fsdnet_" + entry.device + "_prepare", {buffers[0], buffers[1], buffers[2], on_device}), run);
    for (std::size_t i = names.size(); i-- > 0;) {
        run = LetStmt::make(names[i], tensors[i], run);
    }
    return run;
}

}  // namespace

Halide::Module entry_module(const EntryPoint &entry, const Halide::Target &target) {
    Halide::Module module(entry.name, target);
    Halide::Buffer<uint8_t> packed(static_cast<int>(entry.numbers.size()), "numbers");
    std::copy(entry.numbers.begin(), entry.numbers.end(), packed.begin());
    module.append(packed);
    const auto append = [&](const std::string &name, const std::vector<Expr> &arguments) {
        module.append(LoweredFunc(
            name, std::vector<LoweredArgument>{scalar(image), scalar(batch), scalar(log_posterior)},
            call(entry.call(), arguments), Halide::LinkageType::External, Halide::NameMangling::C));
    };
    if (entry.device.empty()) {
        append(entry.name, {image, batch, log_posterior, numbers});
    } else {
        append(entry.name, {image, batch, log_posterior, numbers, 0});
        append(entry.on_device(), {image, batch, log_posterior, numbers, 1});
    }
    return module;
}

Halide::Module call_module(const EntryPoint &entry, const Halide::Target &target) {
    const Expr images =
        dense_buffer(image, Halide::UInt(8), {entry.colors, entry.width, entry.height, batch});
    const Expr log_posteriors = dense_buffer(log_posterior, Halide::Float(32), {entry.classes, batch});
    std::vector<LoweredArgument> parameters{
        scalar(image), scalar(batch), scalar(log_posterior),
        LoweredArgument("numbers", Argument::InputBuffer, Halide::UInt(8), 1, Halide::ArgumentEstimates{})};
    Stmt run;
    if (entry.device.empty()) {
        std::vector<Expr> arguments(static_cast<std::size_t>(entry.views), numbers);
        arguments.insert(arguments.begin(), images);
        arguments.push_back(log_posteriors);
        run = call(entry.pipeline, arguments);
    } else {
        parameters.push_back(scalar(on_device));
        const Expr host =
            Call::make(Halide::type_of<uint8_t *>(), Call::buffer_get_host, {numbers}, Call::Extern);
        const int count = static_cast<int>(entry.numbers.size() / sizeof(float));
        run = run_on_device(entry, {images, dense_buffer(host, Halide::Float(32), {count}), log_posteriors});
    }
    run = Block::make(require(!is_null(image) && !is_null(log_posterior), EntryStatus::null_pointer), run);
    const Stmt body =
        Block::make(require(batch >= 0, EntryStatus::negative_batch), IfThenElse::make(batch > 0, run));
    Halide::Module module(entry.call(), target);
    module.append(
        LoweredFunc(entry.call(), parameters, body, Halide::LinkageType::External, Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
