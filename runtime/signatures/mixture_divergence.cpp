// Axes of mixture_divergence.
#include "runtime/signature.h"

static const fsd::SignatureOf mixture_divergence{{
    "mixture_divergence",
    "integral of p log(p / sum_c share_c q_c) on equidistant points (docs/analysis.md)",
    {{"log_density", {"pair", "point"}, "log p, float64; -infinity where p is 0"},
     {"log_component", {"pair", "component", "point"}, "log q_c, float64; -infinity where q_c is 0"},
     {"log_share", {"pair", "component"}, "logarithms of the shares, float64; they sum to 1"},
     {"point_distance", {"pair"}, "of neighboring points, float64"},
     {"divergence_from_mixture", {"pair"}, "nats, float64; infinite where q excludes what p allows"}},
    nullptr,
}};
