// Axes of gated_recursion.
#include "runtime/signature.h"

static const fsd::SignatureOf gated_recursion{{
    "gated_recursion",
    "B = D_s W_s B_next W_t^T D_t for each sample: student and teacher, a layer further down "
    "(docs/analysis.md)",
    {{"next_relation", {"sample", "next_student", "next_teacher"}, "B of the layer above, float64"},
     {"student_weight", {"student", "next_student"}, "W_s, float64"},
     {"teacher_weight", {"teacher", "next_teacher"}, "W_t, float64"},
     {"student_gate", {"sample", "student"}, "D_s: derivatives of the activation function, float64"},
     {"teacher_gate", {"sample", "teacher"}, "D_t, float64"},
     {"relation", {"sample", "student", "teacher"}, "B, float64"}},
}};
