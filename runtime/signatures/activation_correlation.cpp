// Axes of activation_correlation.
#include "runtime/signature.h"

static const fsd::SignatureOf activation_correlation{{
    "activation_correlation",
    "correlations of two networks' units over the same samples (docs/analysis.md)",
    {{"teacher_activation", {"sample", "teacher_unit"}, "any finite numbers"},
     {"student_activation", {"sample", "student_unit"}, "the other network's, for the same samples"},
     {"teacher_deviation",
      {"teacher_unit"},
      "float64; standard deviations, divided by the number of samples"},
     {"student_deviation", {"student_unit"}, "the same"},
     {"correlation",
      {"teacher_unit", "student_unit"},
      "float64, -1 .. 1; 0 where one of the two deviates by less than 1e-10"}},
}};
