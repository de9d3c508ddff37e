// What moments predict of a network for the exclusive or, beside samples.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/moments/moments.h"

#include <array>
#include <string>

namespace fsd::experiments {

// How the input of a class is described.
enum class XorRule {
    components,  // each Gaussian by itself, combined at the end
    diagonal,    // the same without covariances between units
    one,         // the class as one Gaussian
};

// Of the one output: mean and variance of each class.
using XorMoments = std::array<analysis::Moments, 2>;
XorMoments predicted_xor(const Model &model, XorRule rule);

struct XorSampled {
    XorMoments classes;
    double loss = 0;      // mean squared error
    double accuracy = 0;  // of the output's sign
};
XorSampled sampled_xor(const Model &model, int samples);

// From the moments of both classes: exact for exact moments.
double xor_loss(const XorMoments &classes);

// Of both classes together.
double total_variance(const XorMoments &classes);

struct XorErrors {
    double mean = 0;               // largest over the classes, in deviations of the class
    double variance = 0;           // largest relative error
    double mean_of_total = 0;      // in deviations of the whole output
    double variance_of_total = 0;  // largest error over the whole output's variance
};
XorErrors xor_errors(const XorMoments &predicted, const XorMoments &sampled);

// Trained with the mean squared error on 20,000 samples.
Model trained_xor(const std::vector<int> &hidden, std::uint64_t seed);

}  // namespace fsd::experiments
