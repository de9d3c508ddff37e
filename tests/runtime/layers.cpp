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

}  // namespace fsd::testing
