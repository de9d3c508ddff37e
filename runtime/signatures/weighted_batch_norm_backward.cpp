// Axes of weighted_batch_norm_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf weighted_batch_norm_backward{{
    "weighted_batch_norm_backward",
    "scale / s (g - <1, g> - f <f, g>), a projection over states with probabilities (docs/analysis.md)",
    {{"standardized", {"state", "node"}, "f, float64"},
     {"inverse_deviation", {"node"}, "1 / s, float64"},
     {"state_probability", {"state"}, "float64; they sum to 1"},
     {"node_scale", {"node"}, "float64"},
     {"d_state_normalized", {"state", "node"}, "g: E[gradient | state], float64"},
     {"d_state_preactivation", {"state", "node"}, "float64"}},
}};
