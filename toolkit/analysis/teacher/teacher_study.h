// `fsdnet analyze teacher`: a student beside its teacher, for two network files and the same inputs.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/teacher/matching.h"
#include "toolkit/analysis/teacher/posterior_study.h"

#include <optional>
#include <string>
#include <vector>

namespace fsd::analysis {

// A network and its inputs, as Network::run takes them.
struct Pupil {
    const Model &model;
    Tensor inputs;
};

struct TeacherStudyOptions {
    // Behind so many layers (activations_of): which activations are compared; else those that a layer with
    // weights reads, and the results.
    std::optional<std::size_t> teacher_layer, student_layer;
    double threshold = 0.95;  // a unit is matched from here on
};

struct LayerMatch {
    std::size_t teacher_layer = 0, student_layer = 0;  // numbers of layers passed
    std::string teacher_op, student_op;                // the last of these
    bool log_odds = false;                             // of at least one, which gives posteriors
    Correlations correlations;
    Matching matching;
    std::optional<FanOut> fan_out;    // where a linear layer or a convolution reads the student's units
    int teacher_without_fan_out = 0;  // units of the teacher that nothing reads, which no student can recover
};

struct TeacherStudy {
    int samples = 0;
    std::vector<LayerMatch> layers;  // by teacher's layer; the results are the last one
    // |o_t - o_s|^2 over the variance of o_t, of numbers or centered logits; share of samples with the same
    // largest output. Nothing where that makes no sense (`notes`).
    std::optional<double> squared_error, agreement;
    // By hidden layer, where both are linear layers with relu and fit (sample_identity.h); else empty.
    std::vector<double> identity;
    int identity_samples = 0;
    std::vector<PosteriorStudy> posteriors;  // of FSD students with labeled inputs
    std::vector<std::string> notes;          // where a formula does not apply
};

// Of units in a layer: a Gram matrix of more than that is above 128 MiB.
constexpr int most_matched_units = 4096;

// labels, classes: of the inputs; without, nothing is said of posteriors. Throws Error(bad_input) for inputs
// that are not as many, layers that do not exist or have too many units, and what activations_of() refuses.
TeacherStudy study_teacher(const Pupil &student, const Pupil &teacher, const std::vector<int> &labels,
                           int classes, const TeacherStudyOptions &options = {});

}  // namespace fsd::analysis
