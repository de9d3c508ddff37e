// Networks for digits whose features are analyzed: what is trained, and what is measured of it.
#pragma once

#include "experiments/experiment.h"
#include "toolkit/analysis/features/output_projection.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/training/trainer_options.h"

namespace fsd::experiments {

// 28 x 28 images; convolutions with relu, an average over the map, the classes.
Model pooled_network(int classes);

// The same images as Bernoulli variables; a layer of 16 states, marginal pooling, the classes.
Model state_network(int classes);

// 784-100-relu-k-classes: the k features have no nonlinearity, the last layer's weights are the class
// features.
Model score_network(int features, int classes);

// How close the output layer is to the matched projection of its features, in the course of training.
struct Course {
    std::vector<double> step, angle;  // degrees between the weights and g*
    std::vector<double> share;        // H(f, weights) / H(f); -1 where it is lower
    Model model;                      // at the end
};
Course course_of_training(const Model &description, const Dataset &data, const TrainingOptions &options);

}  // namespace fsd::experiments
