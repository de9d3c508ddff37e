// Which operator is the gradient of which: the data behind the test of the backward references.
#pragma once

#include "cases/draw.h"

namespace fsd::testing {

// Where the forward operator has no derivative. Inputs are moved away from there.
enum class Kink {
    none,
    ties,  // two equal elements of the input
    zero,  // an element that is 0
};

struct Gradient {
    std::string backward;                         // the operator under test,
    std::string output;                           // its output: the gradient with respect to
    std::string input;                            // this input of the forward operator,
    std::string upstream;                         // given this gradient with respect to
    std::string result;                           // this output of the forward operator
    Kink kink = Kink::none;                       // of the forward operator
    std::string drawn = {};                       // whose case draws the forward operator's inputs
    std::function<void(Problem &)> forward = {};  // adds the outputs of the forward operator
    std::function<void(Extents &)> extend = {};   // adds the axes that the backward operator lacks
};

const std::vector<Gradient> &gradients();

}  // namespace fsd::testing
