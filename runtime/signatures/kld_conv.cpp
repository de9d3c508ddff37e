// Axes of kld_conv.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv{{
    "kld_conv",
    "log_evidence = log_prior + n sum_window,input p log q: evidence of the outputs, unobserved outside "
    "(MATH 2.1)",
    fsd::with_window(
        {{"probability", {"sample", "y", "x", "input"}, "probabilities; input = group * states + state"},
         {"log_likelihood",
          {"window_y", "window_x", "input", "output"},
          "log q, nats; below -87 counts as -87"},
         {"log_prior", {"output"}, "log-probabilities, nats"}},
        {{"log_evidence",
          {"sample", "output_y", "output_x", "output"},
          "un-normalized log-probabilities, nats"}}),
    fsd::derive_window,
}};
