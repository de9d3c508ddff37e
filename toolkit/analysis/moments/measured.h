// Whole studies from what a user gives: labeled data, or activations put in at a layer.
#pragma once

#include "toolkit/analysis/moments/study.h"
#include "toolkit/datasets/dataset.h"

namespace fsd::analysis {

// Class-conditional moments of the data in front of options.from, propagated and compared with those of the
// same data behind every later layer. Data without classes are one class, "all". Throws as study_moments and
// activations_of do.
Study study_data(const Model &model, const Dataset &data, const StudyOptions &options);

// The same for activations [sample, number...] in front of options.from, run through the layers behind.
// Throws Error(bad_input) where their numbers are not as many as stand there, Error(unsupported) where what
// stands there are distributions (tail.h).
Study study_activations(const Model &model, const Tensor &activations, const StudyOptions &options);

}  // namespace fsd::analysis
