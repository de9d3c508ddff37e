// Which words depend on the network's input and on what it gives.
#include "compiler/entry_text.h"

#include "compiler/c_names.h"
#include "runtime/error.h"

namespace fsd::compiler {
namespace {

std::string values_of(InputKind kind) {
    switch (kind) {
    case InputKind::bernoulli:
        return " * for the probabilities that they are 1, between 0 and 1. Nothing is checked.\n";
    case InputKind::real:
        return " * for what bytes would be; the network scales them. Nothing is checked: what is not finite\n"
               " * may make the result NaN.\n";
    case InputKind::vector:
        break;
    }
    return "";
}

const char *const judge_arguments =
    " * novelty: batch floats, scores of at least 0, higher for stranger images.\n"
    " * p_value: batch floats above 0 and at most 1, the share of the images that the model was calibrated\n"
    " * on which score as high. Of images like those at most a share a has a p-value of at most a.\n"
    " * log_posterior may differ by rounding from what the function without a judgement gives.\n";

std::string mask_arguments(int colors) {
    return text(
        " * mask: batch x height x width x mask_colors bytes, 0 where a pixel, or one color of it, was not\n"
        " * observed; it then contributes nothing, whatever its value. NULL: all was observed.\n"
        " * mask_colors: 1",
        colors > 1 ? text(" or ", colors) : "", ".\n");
}

}  // namespace

std::string EntryText::name() const {
    if (form != EntryForm::plain) {
        return network + (form == EntryForm::judge ? "_judge" : "_masked");
    }
    return numbers == InputNumbers::floats && input.takes_bytes() ? network + "_floats" : network;
}

std::string EntryText::symbol() const {
    return memory == MemoryPlace::fixed ? name() + "_with_memory" : name();
}

// Of the functions without memory.
std::string EntryText::parameters() const {
    return text("const ", numbers == InputNumbers::bytes ? "uint8_t" : "float", " *", input_name(),
                form == EntryForm::masked ? ", const uint8_t *mask, int mask_colors" : "",
                ", int batch, float *", result_name(),
                form == EntryForm::judge ? ", float *novelty, float *p_value" : "");
}

std::string EntryText::declaration() const {
    return text("int ", name(), '(', parameters(), memory == MemoryPlace::caller ? ", void *memory" : "",
                ')');
}

std::string EntryText::header_lines() const {
    if (memory != MemoryPlace::fixed) {
        return declaration() + ";\n";
    }
    return text("int ", symbol(), '(', parameters(), ", void *memory);\nstatic inline ", declaration(),
                " {\n    return ", symbol(), '(', input_name(),
                form == EntryForm::masked ? ", mask, mask_colors" : "", ", batch, ", result_name(),
                form == EntryForm::judge ? ", novelty, p_value" : "", ", ", network, "_memory);\n}\n");
}

std::string EntryText::statuses() const {
    return form == EntryForm::masked ? "3 where mask_colors is another number;\n * " : "";
}

std::string EntryText::device_declaration() const {
    return text("int ", name(), "_device(const void *", input_name(), ", int batch, void *", result_name(),
                ")");
}

std::string EntryText::arguments() const {
    std::string result = has_classes ? " * log_posterior: batch x classes numbers, the natural "
                                       "logarithms of the classes' probabilities.\n"
                                     : " * result: batch x numbers floats, what the network gives.\n";
    if (memory == MemoryPlace::caller) {
        result += text(" * memory: ", macro_prefix(network), "_MEMORY_BYTES bytes at a multiple of ",
                       macro_prefix(network),
                       "_MEMORY_ALIGNMENT,\n * which this call has for itself; whatever it holds.\n");
    }
    if (form != EntryForm::plain) {
        result += form == EntryForm::judge ? judge_arguments : mask_arguments(input.colors);
    }
    if (numbers == InputNumbers::bytes) {
        return "/* image: batch x height x width x colors bytes, rows from the top, colors interleaved.\n" +
               result;
    }
    if (input.kind == InputKind::vector) {
        return "/* numbers: batch x size floats. Nothing is checked: what is not finite may make the result "
               "NaN.\n" +
               result;
    }
    return "/* numbers: batch x height x width x colors floats, rows from the top, colors interleaved;\n" +
           values_of(input.kind) + result;
}

std::vector<InputNumbers> entry_numbers(const Input &input, bool floats) {
    if (!input.takes_bytes()) {
        return {InputNumbers::floats};
    }
    return floats ? std::vector<InputNumbers>{InputNumbers::bytes, InputNumbers::floats}
                  : std::vector<InputNumbers>{InputNumbers::bytes};
}

}  // namespace fsd::compiler
