// Axes of kld_conv_normalize_marginal_pool_log_normalizer.
#include "runtime/signatures/pool.h"
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv_normalize_marginal_pool_log_normalizer{{
    "kld_conv_normalize_marginal_pool_log_normalizer",
    "marginal = mean over a window of exp(z) / sum_state exp(z), log_normalizer = log sum_state exp(z), z "
    "the "
    "evidence of kld_conv (MATH 2.1, 2.6, 3)",
    fsd::with_window(fsd::grouped_convolution_inputs(),
                     fsd::with_pool_window({}, {{"marginal",
                                                 {"sample", "pool_y", "pool_x", "group", "state"},
                                                 "probabilities; sum to 1 over the states"},
                                                {"log_normalizer",
                                                 {"sample", "output_y", "output_x", "group"},
                                                 "log-evidence of all states, nats"}})),
    [](fsd::Extents &extents) {
        fsd::derive_window(extents);
        fsd::derive_pool(extents, "output_");
    },
}};
