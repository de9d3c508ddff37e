// Axes of dependence_matrix.
#include "runtime/signature.h"

static const fsd::SignatureOf dependence_matrix{{
    "dependence_matrix",
    "B = P / sqrt(px py) - sqrt(px py), whose singular values are the correlations of the best features "
    "(arXiv 1905.06600, docs/analysis.md)",
    {{"joint_probability", {"row", "column"}, "P: float64, >= 0"},
     {"row_probability", {"row"}, "px: float64"},
     {"column_probability", {"column"}, "py: float64"},
     {"dependence", {"row", "column"}, "B: float64; 0 where px or py is 0"}},
    nullptr,
}};
