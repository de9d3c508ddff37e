// Axes of kld_conv_normalize_marginal_pool.
#include "runtime/signatures/pool.h"
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv_normalize_marginal_pool{{
    "kld_conv_normalize_marginal_pool",
    "marginal = mean over a window of exp(z) / sum_state exp(z), z the evidence of kld_conv (MATH 2.1, 3)",
    fsd::with_window(fsd::grouped_convolution_inputs(),
                     fsd::with_pool_window({}, {{"marginal",
                                                 {"sample", "pool_y", "pool_x", "group", "state"},
                                                 "probabilities; sum to 1 over the states"}})),
    [](fsd::Extents &extents) {
        fsd::derive_window(extents);
        fsd::derive_pool(extents, "output_");
    },
}};
