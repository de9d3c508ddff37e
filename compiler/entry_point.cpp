// Written in Halide's intermediate representation, as compiler/c_call.h is.
#include "compiler/entry_point.h"

#include "compiler/c_call.h"

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Argument;
using Halide::Expr;
using Halide::Int;

// The pointer, `bytes` further for each of `count`.
Expr advanced(const Expr &pointer, const Expr &count, int64_t bytes) {
    const Expr address = Halide::reinterpret<uint64_t>(pointer);
    return Halide::reinterpret(pointer.type(), address + Halide::cast<uint64_t>(count) *
                                                             UIntImm::make(Halide::UInt(64), bytes));
}

// Where the condition does not hold the function returns the status.
Stmt require(const Expr &condition, EntryStatus status) {
    return compiler::require(condition, static_cast<int>(status));
}

// The arguments of the C functions but the input.
const Expr batch = Variable::make(Int(32), "batch"),
           result = Variable::make(Halide::type_of<float *>(), "result"),
           novelty = Variable::make(Halide::type_of<float *>(), "novelty"),
           p_value = Variable::make(Halide::type_of<float *>(), "p_value"),
           mask = Variable::make(Halide::type_of<const uint8_t *>(), "mask"),
           mask_colors = Variable::make(Int(32), "mask_colors"),
           numbers = Variable::make(Halide::type_of<halide_buffer_t *>(), "numbers.buffer"),
           on_device = Variable::make(Int(32), "on_device"),
           memory = Variable::make(Halide::type_of<void *>(), "memory");

Expr input_of(const EntryFunction &function) {
    return Variable::make(function.type == Halide::UInt(8) ? Halide::type_of<const uint8_t *>()
                                                           : Halide::type_of<const float *>(),
                          "input");
}

// What a function of a network takes that needs no memory.
std::vector<Expr> arguments_of(const EntryFunction &function) {
    switch (function.form) {
    case EntryForm::judge:
        return {input_of(function), batch, result, novelty, p_value};
    case EntryForm::masked:
        return {input_of(function), mask, mask_colors, batch, result};
    case EntryForm::plain:
        break;
    }
    return {input_of(function), batch, result};
}

// The memory where the network takes it.
std::vector<Expr> memory_of(const EntryPoint &entry) {
    return entry.takes_memory ? std::vector<Expr>{memory} : std::vector<Expr>{};
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

std::vector<Expr> concatenated(std::vector<Expr> first, const std::vector<std::vector<Expr>> &others) {
    for (const std::vector<Expr> &list : others) {
        first.insert(first.end(), list.begin(), list.end());
    }
    return first;
}

// Sample by sample: all stages of the pipeline are those of one.
Stmt run_by_sample(const EntryPoint &entry, const EntryFunction &function, const std::vector<Expr> &views) {
    const Expr sample = Variable::make(Int(32), "sample");
    const int64_t values = int64_t{1} * entry.colors * entry.width * entry.height;
    const auto number = [&](const Expr &pointer) {
        return dense_buffer(advanced(pointer, sample, sizeof(float)), Halide::Float(32), {1});
    };
    const Expr image = dense_buffer(advanced(input_of(function), sample, values * function.type.bytes()),
                                    function.type, {entry.colors, entry.width, entry.height, 1});
    const Expr posterior = dense_buffer(advanced(result, sample, entry.results * int64_t{sizeof(float)}),
                                        Halide::Float(32), {entry.results, 1});
    const std::vector<Expr> judgement = function.form == EntryForm::judge
                                            ? std::vector<Expr>{number(novelty), number(p_value)}
                                            : std::vector<Expr>();
    const std::vector<Expr> arguments =
        concatenated({image}, {views, {posterior}, judgement, memory_of(entry)});
    return For::make("sample", 0, batch, ForType::Serial, Halide::Partition::Never, Halide::DeviceAPI::None,
                     call(function.pipeline, arguments));
}

// Where there is none, the byte of `observed` stands for all pixels.
Expr mask_buffer(const EntryPoint &entry, const Expr &observed) {
    const Expr none = is_null(mask), one = Halide::select(none, 0, 1);
    const Expr host = Halide::reinterpret(
        mask.type(), Halide::select(none, Halide::reinterpret<uint64_t>(host_of(observed)),
                                    Halide::reinterpret<uint64_t>(mask)));
    const Expr column = one * mask_colors;
    return strided_buffer(host, Halide::UInt(8), {entry.colors, entry.width, entry.height, batch},
                          {Halide::select(mask_colors == 1, 0, one), column, column * entry.width,
                           column * (entry.width * entry.height)});
}

Stmt run_on_host(const EntryPoint &entry, const EntryFunction &function, const Expr &inputs,
                 const Expr &results) {
    const std::vector<Expr> views(static_cast<std::size_t>(entry.views), numbers);
    if (function.form == EntryForm::judge || function.by_sample) {
        return run_by_sample(entry, function, views);
    }
    if (function.form == EntryForm::plain) {
        return call(function.pipeline, concatenated({inputs}, {views, {results}, memory_of(entry)}));
    }
    const Expr observed = Variable::make(Halide::type_of<halide_buffer_t *>(), "observed.buffer");
    return Block::make(
        require(is_null(mask) || mask_colors == 1 || mask_colors == entry.colors, EntryStatus::wrong_colors),
        call(function.pipeline,
             concatenated({inputs, mask_buffer(entry, observed)}, {views, {results}, memory_of(entry)})));
}

Expr all_there(const EntryPoint &entry, const EntryFunction &function) {
    Expr usual = !is_null(input_of(function)) && !is_null(result);
    if (entry.takes_memory) {
        usual = usual && !is_null(memory);
    }
    return function.form == EntryForm::judge ? usual && !is_null(novelty) && !is_null(p_value) : usual;
}

}  // namespace

Halide::Module entry_module(const EntryPoint &entry, const Halide::Target &target) {
    Halide::Module module(entry.name, target);
    Halide::Buffer<uint8_t> packed(static_cast<int>(entry.numbers.size()), "numbers");
    std::copy(entry.numbers.begin(), entry.numbers.end(), packed.begin());
    module.append(packed);
    for (const EntryFunction &function : entry.functions) {
        const std::vector<Expr> given = concatenated(arguments_of(function), {memory_of(entry)});
        const auto append = [&](const std::string &name, const std::vector<Expr> &others) {
            module.append(LoweredFunc(name, scalars(given),
                                      call(function.call(), concatenated(given, {others})),
                                      Halide::LinkageType::External, Halide::NameMangling::C));
        };
        if (entry.device.empty()) {
            append(function.name, {numbers});
        } else {
            append(function.name, {numbers, 0});
            append(function.on_device(), {numbers, 1});
        }
    }
    if (entry.has_is_of()) {
        const Expr fingerprint = Variable::make(Halide::UInt(64), "fingerprint");
        const Expr own = UIntImm::make(Halide::UInt(64), entry.fingerprint);
        module.append(LoweredFunc(entry.name + "_is_of", scalars({fingerprint}),
                                  compiler::require(fingerprint == own, 1), Halide::LinkageType::External,
                                  Halide::NameMangling::C));
    }
    return module;
}

Halide::Module call_module(const EntryPoint &entry, const EntryFunction &function,
                           const Halide::Target &target) {
    const Expr input = input_of(function);
    const Expr inputs = dense_buffer(input, function.type, {entry.colors, entry.width, entry.height, batch});
    const Expr results = dense_buffer(result, Halide::Float(32), {entry.results, batch});
    std::vector<LoweredArgument> parameters =
        scalars(concatenated(arguments_of(function), {memory_of(entry)}));
    parameters.emplace_back("numbers", Argument::InputBuffer, Halide::UInt(8), 1,
                            Halide::ArgumentEstimates{});
    Stmt run;
    if (entry.device.empty()) {
        run = Block::make(run_on_host(entry, function, inputs, results), require_numbers(entry.results));
    } else {
        parameters.push_back(scalars({on_device}).front());
        const int count = static_cast<int>(entry.numbers.size() / sizeof(float));
        run = run_on_device(entry, function,
                            {inputs, dense_buffer(host_of(numbers), Halide::Float(32), {count}), results});
        run = Block::make(run, IfThenElse::make(on_device == 0, require_numbers(entry.results)));
    }
    if (entry.takes_memory) {
        const Expr beyond = Halide::reinterpret<uint64_t>(memory) % Halide::cast<uint64_t>(memory_alignment);
        run = Block::make(require(beyond == Halide::cast<uint64_t>(0), EntryStatus::wrong_alignment), run);
    }
    run = Block::make(require(all_there(entry, function), EntryStatus::null_pointer), run);
    const Stmt body =
        Block::make(require(batch >= 0, EntryStatus::negative_batch), IfThenElse::make(batch > 0, run));
    Halide::Module module(function.call(), target);
    if (function.form == EntryForm::masked) {
        Halide::Buffer<uint8_t> observed(1, "observed");
        observed(0) = 1;
        module.append(observed);
    }
    module.append(LoweredFunc(function.call(), parameters, body, Halide::LinkageType::External,
                              Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
