// What the signatures of the convolutional operators share.
#include "runtime/signatures/window.h"

namespace fsd {

void derive_window(Extents &extents) {
    for (const std::string axis : {"y", "x"}) {
        const auto extent = extents.find(axis);
        const auto window = extents.find("window_" + axis);
        const auto stride = extents.find("stride_" + axis);
        const auto padding = extents.find("padding_" + axis);
        const auto missing = extents.end();
        if (extent != missing && window != missing && stride != missing && padding != missing) {
            extents.emplace("output_" + axis, window_positions(extent->second, window->second, stride->second,
                                                               padding->second));
        }
    }
}

std::vector<ArgumentSignature> grouped_convolution_inputs() {
    return {{"probability", {"sample", "y", "x", "input"}, "probabilities; input = group * states + state"},
            {"log_likelihood",
             {"window_y", "window_x", "input", "group", "state"},
             "log q of each output state, nats; below -87 counts as -87"},
            {"log_prior", {"group", "state"}, "log-probabilities, nats"}};
}

ArgumentSignature observations_signature() {
    return {"observations", {}, "number of observations n that the probabilities stand for, > 0"};
}

std::vector<ArgumentSignature> with_window(std::vector<ArgumentSignature> inputs,
                                           const std::vector<ArgumentSignature> &outputs) {
    inputs.push_back(observations_signature());
    return with_window_of_weights(std::move(inputs), outputs);
}

std::vector<ArgumentSignature> with_groups(std::vector<ArgumentSignature> inputs,
                                           const std::vector<ArgumentSignature> &outputs) {
    inputs.push_back({"groups", {}, "number of groups of channels, which see nothing of each other, >= 1"});
    return with_window_of_weights(std::move(inputs), outputs);
}

void derive_groups(Extents &extents) {
    derive_window(extents);
    const auto groups = extents.find("groups"), input = extents.find("input"),
               of_group = extents.find("group_input");
    if (groups == extents.end() || groups->second < 1) {
        return;
    }
    if (of_group != extents.end()) {
        extents.emplace("input", groups->second * of_group->second);
    } else if (input != extents.end()) {
        extents.emplace("group_input", input->second / groups->second);
    }
}

std::vector<ArgumentSignature> with_window_of_weights(std::vector<ArgumentSignature> inputs,
                                                      const std::vector<ArgumentSignature> &outputs) {
    std::vector<ArgumentSignature> &all = inputs;
    all.push_back({"stride_y", {}, "rows between neighboring window positions, >= 1"});
    all.push_back({"stride_x", {}, "columns between neighboring window positions, >= 1"});
    all.push_back({"padding_y", {}, "rows of unobserved sites above and below the map, >= 0"});
    all.push_back({"padding_x", {}, "columns of unobserved sites left and right of the map, >= 0"});
    all.insert(all.end(), outputs.begin(), outputs.end());
    return inputs;
}

}  // namespace fsd
