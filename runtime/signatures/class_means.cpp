// Axes of class_means.
#include "runtime/signature.h"

static const fsd::SignatureOf class_means{{
    "class_means",
    "means over the samples of each class, float64 (docs/analysis.md)",
    {{"values", {"sample", "feature"}, "float64"},
     {"label", {"sample"}, "0 .. classes - 1; a sample with another one counts nowhere"},
     {"classes", {}, "number of classes"},
     {"mean_of_class", {"class", "feature"}, "float64; 0 for a class without samples"},
     {"count_of_class", {"class"}, "float64; its samples"}},
    [](fsd::Extents &extents) { extents["class"] = extents.at("classes"); },
}};
