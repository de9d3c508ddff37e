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

// The arguments of the C functions but the input.
const Expr batch = Variable::make(Int(32), "batch"),
           result = Variable::make(Halide::type_of<float *>(), "result"),
           numbers = Variable::make(Halide::type_of<halide_buffer_t *>(), "numbers.buffer"),
           on_device = Variable::make(Int(32), "on_device");

Expr input_of(const EntryFunction &function) {
    return Variable::make(function.type == Halide::UInt(8) ? Halide::type_of<const uint8_t *>()
                                                           : Halide::type_of<const float *>(),
                          "input");
}

LoweredArgument scalar(const Expr &variable) {
    return {variable.as<Variable>()->name, Argument::InputScalar, variable.type(), 0,
            Halide::ArgumentEstimates{}};
}

// Returns not_a_number at the first NaN of the result. Asks its bits: LLVM may take it that floats are none.
Stmt require_numbers(int results) {
    constexpr uint32_t sign_less = 0x7fffffff, infinity = 0x7f800000;
    const Expr number = Variable::make(Int(32), "number");
    const Expr bits = Load::make(Halide::UInt(32), "result", number, Halide::Buffer<>(), Halide::Parameter(),
                                 const_true(), ModulusRemainder());
    const Expr unsigned_bits = bits & UIntImm::make(Halide::UInt(32), sign_less);
    return For::make(
        "number", 0, batch * results, ForType::Serial, Halide::Partition::Never, Halide::DeviceAPI::None,
        require(unsigned_bits <= UIntImm::make(Halide::UInt(32), infinity), EntryStatus::not_a_number));
}

// Calls the pipeline with tensors in a device's memory, where compiler/device/ puts them.
Stmt run_on_device(const EntryPoint &entry, const EntryFunction &function, const std::vector<Expr> &tensors) {
    const std::vector<std::string> names{"input.buffer", "numbers.kept.buffer", "result.buffer"};
    std::vector<Expr> buffers;
    for (const std::string &name : names) {
        buffers.push_back(Variable::make(Halide::type_of<halide_buffer_t *>(), name));
    }
    const Expr ran = Variable::make(Int(32), "ran");
    Stmt run =
        LetStmt::make("ran", Call::make(Int(32), function.pipeline, buffers, Call::Extern),
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
    for (const EntryFunction &function : entry.functions) {
        const Expr input = input_of(function);
        const auto append = [&](const std::string &name, const std::vector<Expr> &arguments) {
            module.append(LoweredFunc(
                name, std::vector<LoweredArgument>{scalar(input), scalar(batch), scalar(result)},
                call(function.call(), arguments), Halide::LinkageType::External, Halide::NameMangling::C));
        };
        if (entry.device.empty()) {
            append(function.name, {input, batch, result, numbers});
        } else {
            append(function.name, {input, batch, result, numbers, 0});
            append(function.on_device(), {input, batch, result, numbers, 1});
        }
    }
    return module;
}

Halide::Module call_module(const EntryPoint &entry, const EntryFunction &function,
                           const Halide::Target &target) {
    const Expr input = input_of(function);
    const Expr inputs = dense_buffer(input, function.type, {entry.colors, entry.width, entry.height, batch});
    const Expr results = dense_buffer(result, Halide::Float(32), {entry.results, batch});
    std::vector<LoweredArgument> parameters{
        scalar(input), scalar(batch), scalar(result),
        LoweredArgument("numbers", Argument::InputBuffer, Halide::UInt(8), 1, Halide::ArgumentEstimates{})};
    Stmt run;
    if (entry.device.empty()) {
        std::vector<Expr> arguments(static_cast<std::size_t>(entry.views), numbers);
        arguments.insert(arguments.begin(), inputs);
        arguments.push_back(results);
        run = Block::make(call(function.pipeline, arguments), require_numbers(entry.results));
    } else {
        parameters.push_back(scalar(on_device));
        const Expr host =
            Call::make(Halide::type_of<uint8_t *>(), Call::buffer_get_host, {numbers}, Call::Extern);
        const int count = static_cast<int>(entry.numbers.size() / sizeof(float));
        run =
            run_on_device(entry, function, {inputs, dense_buffer(host, Halide::Float(32), {count}), results});
        run = Block::make(run, IfThenElse::make(on_device == 0, require_numbers(entry.results)));
    }
    run = Block::make(require(!is_null(input) && !is_null(result), EntryStatus::null_pointer), run);
    const Stmt body =
        Block::make(require(batch >= 0, EntryStatus::negative_batch), IfThenElse::make(batch > 0, run));
    Halide::Module module(function.call(), target);
    module.append(LoweredFunc(function.call(), parameters, body, Halide::LinkageType::External,
                              Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
