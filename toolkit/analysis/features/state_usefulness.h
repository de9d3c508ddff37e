// What each state of an FSD layer tells of the class (docs/analysis.md, Usefulness of states).
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/features/joint.h"
#include "toolkit/datasets/dataset.h"

#include <vector>

namespace fsd::analysis {

// A state s of a discrete variable H, and the class Y; nats, never negative.
struct StateUsefulness {
    double probability = 0;   // p(s)
    double contribution = 0;  // p(s) D(p(y | s) || p(y)): the sum over the states is I(H;Y)
    // I(1[H = s]; Y) = I(H;Y) - p(H != s) I(H;Y | H != s): what is lost where s cannot be seen. Ranks.
    double indicator = 0;
};

// From counts or other weights [state, class]. A state that never occurs tells nothing. Throws
// Error(bad_input) where joint_of_counts() does.
std::vector<StateUsefulness> usefulness_of_table(const Matrix &counts);

// The group's variable at each site, means over the sites: since sites and classes are independent,
// I(H, site; Y) = mean over the sites of I(H at the site; Y).
struct GroupUsefulness {
    double information = 0;  // I(H;Y), nats
    std::vector<StateUsefulness> states;

    std::vector<int> ranking() const;  // states, the most useful one first; of equal ones the first
};

struct LayerUsefulness {
    std::size_t layer = 0;  // of the evidence; the posterior is that of the layer behind it
    int sites = 0;
    std::vector<GroupUsefulness> groups;

    double information() const;  // mean over the groups, nats
};

// Of every FSD layer with a posterior by Bayes' rule, by the exact joint distributions P(h, y) = mean of
// q(h | x) over the samples of y. Data: with the model's classes. Holds no more than a batch of activations.
// Throws Error(unsupported) where no layer is one, Error(bad_input) for data without classes.
std::vector<LayerUsefulness> state_usefulness(const Model &model, const Dataset &data,
                                              const std::string &device = "cpu");

}  // namespace fsd::analysis
