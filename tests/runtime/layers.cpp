// Descriptions of layers, as in docs/formats.md.
#include "tests/runtime/layers.h"

namespace fsd::testing {

Layer conv(const std::string &name, int window, int groups, int states, int stride, int padding) {
    return {"kld_conv",
            name,
            {{"window_y", window},
             {"window_x", window},
             {"stride_y", stride},
             {"stride_x", stride},
             {"padding_y", padding},
             {"padding_x", padding},
             {"groups", groups},
             {"states", states}}};
}

Layer linear(const std::string &name, int groups, int states) {
    return {"kld_linear", name, {{"groups", groups}, {"states", states}}};
}

Layer pool(const std::string &op, int window, int stride) {
    return {op,
            "",
            {{"pool_window_y", window},
             {"pool_window_x", window},
             {"pool_stride_y", stride},
             {"pool_stride_x", stride}}};
}

Layer plain(const std::string &op) {
    return {op, "", {}};
}

Layer named(const std::string &op, const std::string &name) {
    return {op, name, {}};
}

Layer locally_connected(const std::string &name, int window, int channels, int stride, int padding) {
    Layer layer = real_conv(name, window, channels, stride, padding);
    layer.op = "locally_connected";
    return layer;
}

// What the kind's standards say is left out.
Layer real_conv(const std::string &name, int window, int channels, int stride, int padding, int groups) {
    Layer layer{"conv", name, {{"window_y", window}, {"window_x", window}, {"channels", channels}}};
    const auto add = [&](const std::string &key, int value, int standard) {
        if (value != standard) {
            layer.attributes[key] = value;
        }
    };
    add("stride_y", stride, 1);
    add("stride_x", stride, 1);
    add("padding_y", padding, 0);
    add("padding_x", padding, 0);
    add("groups", groups, 1);
    return layer;
}

Layer real_linear(const std::string &name, int channels) {
    return {"linear", name, {{"channels", channels}}};
}

Layer quadratic(double alpha) {
    return {"quadratic", "", {}, {{"alpha", alpha}}};
}

}  // namespace fsd::testing
