// Fills in what the network is.
#include "compiler/header_text.h"

#include "compiler/c_names.h"
#include "compiler/device_header.h"
#include "runtime/error.h"
#include "toolkit/system/list_text.h"

namespace fsd::compiler {
namespace {

// Everything but printable ASCII in octal, which no digit behind it can lengthen.
std::string c_literal(const std::string &bytes) {
    std::string out = "\"";
    for (const char character : bytes) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\' || character == '?') {
            out += {'\\', character};
        } else if (byte < 0x20 || byte >= 0x7f) {
            out += {'\\', static_cast<char>('0' + (byte >> 6)), static_cast<char>('0' + (byte >> 3 & 7)),
                    static_cast<char>('0' + (byte & 7))};
        } else {
            out += character;
        }
    }
    return out + '"';
}

std::string class_literals(const std::vector<std::string> &classes) {
    std::vector<std::string> names;
    names.reserve(classes.size());
    for (const std::string &name : classes) {
        names.push_back("    " + c_literal(name));
    }
    return joined_list(names, ",\n");
}

const char *const cpu_targets = " * Instruction sets, the first of which that the machine has is taken: ";
const char *const device_target = " * Device and instruction set: ";

// What a program must have besides the library, in the words of a comment.
std::string needs(const HeaderFacts &facts) {
    if (!facts.device.empty()) {
        return "it needs nothing but the C library, and loads the device's driver";
    }
    const std::string &target = facts.targets.back();
    const bool has_maximum =
        target.find("wasm-32") == std::string::npos && target.find("arm-32") == std::string::npos;
    if (has_maximum) {
        return "it needs nothing but the C library";
    }
    return "it needs no more of the C library than memcpy, memmove, memset and (of\n"
           " * libm) fmaxf";
}

std::string memory(const HeaderFacts &facts, const std::string &macro) {
    if (facts.memory == MemoryPlace::stack) {
        return "";
    }
    std::string out = text("/* Bytes and alignment of the memory that a call needs for its tensors, for a "
                           "batch of any size. */\n",
                           "#define ", macro, "_MEMORY_BYTES ", facts.memory_bytes, "\n#define ", macro,
                           "_MEMORY_ALIGNMENT ", memory_alignment, "\n\n");
    if (facts.memory == MemoryPlace::fixed) {
        out +=
            text("/* That memory: one for all calls, of which the program makes one at a time. Attributes of "
                 "GCC and\n",
                 " * Clang: every file that includes this header means the same bytes. */\n",
                 "__attribute__((weak, visibility(\"hidden\"), aligned(", macro,
                 "_MEMORY_ALIGNMENT))) unsigned char ", facts.name, "_memory[", macro, "_MEMORY_BYTES];\n\n");
    }
    return out;
}

std::string stack(const HeaderFacts &facts, const std::string &macro) {
    return text("/* Bytes of the stack that a call needs for its ",
                facts.memory == MemoryPlace::stack ? "" : "small ",
                "tensors; some kilobytes more for the rest. */\n", "#define ", macro, "_STACK_BYTES ",
                facts.stack_bytes, "\n\n");
}

// How a function may be called, in the words of a comment.
std::string promise(const HeaderFacts &facts) {
    if (!facts.autoscheduler.empty()) {
        return "Allocates what the schedule wants (where there is no memory left it calls\n"
               " * halide_error(), which ends the program unless halide_set_error_handler() was told "
               "otherwise),\n"
               " * keeps no state: any number of threads may call it. */\n";
    }
    switch (facts.memory) {
    case MemoryPlace::caller:
        return "Allocates nothing, keeps no state: any number of threads may call it, each\n"
               " * with memory of its own. */\n";
    case MemoryPlace::fixed:
        return "Allocates nothing. NOT REENTRANT: all calls share the static memory above,\n"
               " * so that there must be one at a time in the program. */\n";
    case MemoryPlace::stack:
        break;
    }
    return "Allocates nothing, keeps no state: any number of threads may call it. */\n";
}

std::string cpu_functions(const HeaderFacts &facts) {
    std::string out;
    for (const EntryText &function : facts.functions()) {
        out +=
            function.arguments() +
            " * Returns 0; 1 where batch is negative; 2 where batch is positive and a pointer is NULL (then\n"
            " * nothing is written); " +
            function.statuses() +
            (facts.memory == MemoryPlace::caller ? "6 where memory is not aligned (the same);\n * " : "") +
            "5 where a result is not a number: the model's numbers, or the input's, are\n"
            " * out of range. " +
            promise(facts) + function.header_lines() + "\n";
    }
    return out;
}

std::string origin_function(const HeaderFacts &facts) {
    return facts.memory != MemoryPlace::stack
               ? ""
               : text("/* Returns 0 where this was compiled of the network with this fingerprint, else 1: "
                      "what "
                      "fsdnet asks\n",
                      " * before it calls the functions in the place of its own kernels. */\n", "int ",
                      facts.name, "_is_of(uint64_t fingerprint);\n\n");
}

std::string input_size(const HeaderFacts &facts, const std::string &macro) {
    if (facts.input.kind == InputKind::vector) {
        return text("#define ", macro, "_SIZE ", facts.input.colors, "\n");
    }
    return text("#define ", macro, "_HEIGHT ", facts.input.height, "\n", "#define ", macro, "_WIDTH ",
                facts.input.width, "\n", "#define ", macro, "_COLORS ", facts.input.colors, "\n");
}

std::string result_size(const HeaderFacts &facts, const std::string &macro) {
    return text("#define ", macro, facts.classes.empty() ? "_NUMBERS " : "_CLASSES ", facts.results, "\n");
}

std::string class_names(const HeaderFacts &facts, const std::string &macro) {
    if (facts.classes.empty()) {
        return "";
    }
    return text("/* The classes' names, UTF-8. */\n", "static const char *const ", facts.name, "_classes[",
                macro, "_CLASSES] = {\n", class_literals(facts.classes), "};\n\n");
}

}  // namespace

std::vector<EntryText> HeaderFacts::functions() const {
    std::vector<EntryText> all;
    for (const InputNumbers taken : entry_numbers(input, floats)) {
        all.push_back({name, input, !classes.empty(), taken, EntryForm::plain, memory});
    }
    for (const EntryForm form : {EntryForm::judge, EntryForm::masked}) {
        if (form == EntryForm::judge ? judge : masked) {
            all.push_back({name, input, !classes.empty(), all.front().numbers, form, memory});
        }
    }
    return all;
}

std::string header_text(const HeaderFacts &facts) {
    const std::string &name = facts.name, macro = macro_prefix(name);
    const bool is_for_cpu = facts.device.empty();
    return text("/* A neural network in ", facts.numbers, ", compiled by fsdnet ", FSDNET_VERSION,
                facts.autoscheduler.empty() ? "" : ", scheduled by Halide's " + facts.autoscheduler, ".\n",
                " * Link lib", name, ".a; ", needs(facts), ".\n", is_for_cpu ? cpu_targets : device_target,
                joined_list(facts.targets, ",\n *     "), " */\n", "#ifndef FSDNET_COMPILED_", macro,
                "_H\n#define FSDNET_COMPILED_", macro, "_H\n\n",
                "#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n",
                input_size(facts, macro), result_size(facts, macro), "#define ", macro, "_PARAMETERS ",
                facts.parameters, "\n", "#define ", macro, "_VERSION \"", FSDNET_VERSION, "\"\n",
                is_for_cpu
                    ? memory(facts, macro) + (facts.autoscheduler.empty() ? stack(facts, macro) : "\n") +
                          cpu_functions(facts) + origin_function(facts)
                    : device_memory(facts, macro) + device_functions(facts),
                class_names(facts, macro), "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
}

}  // namespace fsd::compiler
