// Axes of node_moments.
#include "runtime/signature.h"

static const fsd::SignatureOf node_moments{{
    "node_moments",
    "mean = b + w^T m, variance = w^T C w of linear output nodes, for each class (docs/analysis.md)",
    {{"class_mean", {"class", "feature"}, "m: means of the features, float64"},
     {"class_covariance", {"class", "feature", "other_feature"}, "C: their covariances, float64"},
     {"node_weight", {"feature", "node"}, "w, float64"},
     {"node_bias", {"node"}, "b, float64"},
     {"node_mean", {"class", "node"}, "float64"},
     {"node_variance", {"class", "node"}, "float64"},
     {"node_variance_independent", {"class", "node"}, "sum w^2 C_ff: as if no two features went together"}},
    [](fsd::Extents &extents) { extents["other_feature"] = extents.at("feature"); },
}};
