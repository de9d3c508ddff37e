// Axes of class_means.
#include "runtime/signature.h"

static const fsd::SignatureOf class_means{{
    "class_means",
    "means over the samples of each class; float64 sums (docs/analysis.md)",
    {{"samples", {"sample", "unit"}, "any finite numbers"},
     {"label", {"sample"}, "0 .. classes - 1; a sample with another one counts nowhere"},
     {"classes", {}, "number of classes"},
     {"class_count", {"class"}, "samples of the class, float64"},
     {"class_unit_mean", {"class", "unit"}, "float64; 0 for a class without samples"}},
    [](fsd::Extents &extents) { extents["class"] = extents.at("classes"); },
}};
