// Axes of pool_statistics.
#include "runtime/signature.h"

static void derive_classes(fsd::Extents &extents) {
    extents["class"] = extents.at("classes");
}

static const fsd::SignatureOf pool_statistics{{
    "pool_statistics",
    "sums over each class: sum f, sum f^2, sum log f of positive f, number of zeros (docs/analysis.md)",
    {{"pooled", {"sample", "feature"}, "f: what an aggregation layer gives"},
     {"label", {"sample"}, "0 .. classes - 1; a sample with another one counts nowhere"},
     {"classes", {}, "number of classes"},
     {"class_sum", {"class", "feature"}, "float64"},
     {"class_square_sum", {"class", "feature"}, "float64"},
     {"class_log_sum", {"class", "feature"}, "float64; over positive numbers"},
     {"class_zeros", {"class", "feature"}, "float64; how many are 0"}},
    derive_classes,
}};
