// Axes of weighted_batch_norm.
#include "runtime/signature.h"

static const fsd::SignatureOf weighted_batch_norm{{
    "weighted_batch_norm",
    "scale (u - E u) / s + shift over states with probabilities (docs/analysis.md)",
    {{"state_preactivation", {"state", "node"}, "u, float64"},
     {"state_probability", {"state"}, "float64; they sum to 1"},
     {"node_scale", {"node"}, "float64"},
     {"node_shift", {"node"}, "float64"},
     {"least_variance", {}, "a node whose variance is not above it counts as constant"},
     {"inverse_deviation", {"node"}, "1 / s, float64; 0 of a constant node"},
     {"standardized", {"state", "node"}, "(u - E u) / s, float64"},
     {"state_normalized", {"state", "node"}, "float64"}},
}};
