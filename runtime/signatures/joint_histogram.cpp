// Axes of joint_histogram.
#include "runtime/signature.h"

static const fsd::SignatureOf joint_histogram{{
    "joint_histogram",
    "how often a code and a label occur together (docs/analysis.md)",
    {{"code", {"sample"}, "0 .. codes - 1; a sample with another one counts nowhere"},
     {"label", {"sample"}, "0 .. classes - 1; a sample with another one counts nowhere"},
     {"codes", {}, "number of codes"},
     {"classes", {}, "number of classes"},
     {"joint_count", {"value", "class"}, "float64; whole numbers"}},
    [](fsd::Extents &extents) {
        extents["value"] = extents.at("codes");
        extents["class"] = extents.at("classes");
    },
}};
