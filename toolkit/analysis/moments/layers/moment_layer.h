// How moments pass a layer: one file per kind in toolkit/analysis/moments/layers/ and one line in its
// CMakeLists.txt. What has no room is refused with a sentence.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/moments/moments.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd::analysis {

// A layer where it stands. Units are the numbers of the map, row by row, channels innermost.
struct MomentPlace {
    const Model &model;
    std::size_t index;
    Shape input, output;  // y, x, group, state

    const Layer &layer() const { return model.layers[index]; }
    int inputs() const { return static_cast<int>(element_count(input)); }
    int outputs() const { return static_cast<int>(element_count(output)); }
    int channels() const { return input[2] * input[3]; }  // that the layer reads at a site
    // A stored tensor's numbers, "<layer>.<role>".
    const float *numbers(const std::string &role) const;
};

// W^T y + b; one slope per unit where the layer maps each number by itself.
struct AffineMap {
    Matrix slope;     // W [input, output]; empty where `diagonal` is not
    Vector diagonal;  // [unit]
    Vector offset;    // [output]
};

// What a nonlinearity is asked for besides.
struct MomentRequest {
    int nodes = 16;                 // of Gauss and Legendre's rule
    const Matrix *third = nullptr;  // kappa(z_i, z_i, z_j) of what the layer reads; nullptr: a Gaussian's, 0
};

struct MomentLayer {
    std::string kind;
    // One of the two.
    std::function<AffineMap(const MomentPlace &place)> affine = nullptr;
    std::function<Moments(const MomentPlace &place, const Moments &moments, const MomentRequest &request)>
        nonlinear = nullptr;
    // What its formula neglects; empty where it is exact for Gaussian numbers.
    std::string neglects = {};
    // It reads third cumulants.
    bool takes_third = false;
};

// nullptr where the kind has no room.
const MomentLayer *find_moment_layer(const std::string &kind);

// The kinds that have one: "conv, linear, ...".
std::string kinds_with_moments();

}  // namespace fsd::analysis
