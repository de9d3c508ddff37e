// Axes of expanded_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf expanded_backward{{
    "expanded_backward",
    "D P^T G W^T and F^T P^T G, gradients over the teacher's states (docs/analysis.md)",
    {{"transition", {"region", "child", "state", "child_state"}, "P(child's state | state), float64"},
     {"child_feature", {"region", "child", "child_state", "child_node"}, "F, float64"},
     {"edge_weight", {"region", "child", "child_node", "node"}, "W, float64"},
     {"child_gate", {"region", "child", "child_state", "child_node"}, "D, float64"},
     {"d_expanded", {"region", "state", "node"}, "G: P(state) E[gradient | state], float64"},
     {"d_child_expanded", {"region", "child", "child_state", "child_node"}, "the same of the children"},
     {"d_edge_weight", {"region", "child", "child_node", "node"}, "float64"}},
}};
