// Names the values of exported graphs.
#include "toolkit/onnx/onnx_interface.h"

namespace fsd {

std::string OnnxValue::describe() const {
    std::string list;
    for (const std::string &axis : axes) {
        list += (list.empty() ? "" : ", ") + axis;
    }
    return (unit.empty() ? to_string(type) : unit) + " [" + list + "]";
}

OnnxValue onnx_input(const Model &model, OnnxNumbers numbers) {
    const Input &input = model.input;
    if (!input.takes_bytes()) {
        return {"numbers", halide_type_of<float>(), {"sample", "number"}, {-1, input.colors}, ""};
    }
    const bool bytes = numbers == OnnxNumbers::bytes;
    return {bytes ? "image" : "numbers",
            bytes ? halide_type_of<uint8_t>() : halide_type_of<float>(),
            {"sample", "y", "x", "color"},
            {-1, input.height, input.width, input.colors},
            ""};
}

OnnxValue onnx_result(const Model &model) {
    const bool classes = !model.classes.empty();
    return {classes ? "log_posterior" : "result",
            halide_type_of<float>(),
            {"sample", classes ? "class" : "number"},
            {-1, result_size(model)},
            classes ? "nats" : ""};
}

}  // namespace fsd
