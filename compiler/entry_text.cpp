// Which words depend on the network's input and on what it gives.
#include "compiler/entry_text.h"

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

}  // namespace

std::string EntryText::name() const {
    return numbers == InputNumbers::floats && input.takes_bytes() ? network + "_floats" : network;
}

std::string EntryText::declaration() const {
    return text("int ", name(), "(const ", numbers == InputNumbers::bytes ? "uint8_t" : "float", " *",
                input_name(), ", int batch, float *", result_name(), ")");
}

std::string EntryText::device_declaration() const {
    return text("int ", name(), "_device(const void *", input_name(), ", int batch, void *", result_name(),
                ")");
}

std::string EntryText::arguments() const {
    const std::string result = has_classes ? " * log_posterior: batch x classes numbers, the natural "
                                             "logarithms of the classes' probabilities.\n"
                                           : " * result: batch x numbers floats, what the network gives.\n";
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
