// Axes of expanded_forward.
#include "runtime/signature.h"

static const fsd::SignatureOf expanded_forward{{
    "expanded_forward",
    "U = sum over children of P F W and D U, the student's layer over the teacher's states "
    "(docs/analysis.md)",
    {{"transition", {"region", "child", "state", "child_state"}, "P(child's state | state), float64"},
     {"child_feature", {"region", "child", "child_state", "child_node"}, "F, float64"},
     {"edge_weight", {"region", "child", "child_node", "node"}, "W, float64"},
     {"state_gate", {"region", "state", "node"}, "D, float64"},
     {"expanded_preactivation", {"region", "state", "node"}, "U, float64"},
     {"expanded_feature", {"region", "state", "node"}, "D U, float64"}},
}};
