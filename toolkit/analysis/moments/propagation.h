// Moments through the layers of any network file.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/moments/layers/moment_layer.h"

#include <map>
#include <string>
#include <vector>

namespace fsd::analysis {

// Units of a map whose covariance is propagated: 128 MiB for each matrix of float64.
constexpr int most_units = 4096;

struct PropagationOptions {
    int nodes = 16;  // of Gauss and Legendre's rule; 1 to 64
    bool diagonal =
        false;  // covariances between different units are dropped, in front of and behind every layer
};

// What is known behind a layer, and what to know about it.
struct PassedLayer {
    std::size_t layer = 0;
    Moments moments;
    int deterministic = 0;  // units without variance
    int dead = 0;           // of them, those that are always 0
    double clipped = 0;     // share of negative eigenvalues that a projection removed: 0 but for third order
};

class Propagation {
public:
    // Through the layers from `first` on; `model` must outlive it. Throws Error(bad_input) where no such
    // layer exists, Error(unsupported) that names the layer where a kind has no formula or a map has more
    // than most_units numbers, and the first layer behind which it works.
    Propagation(const Model &model, std::size_t first, const PropagationOptions &options = {});

    // `moments`: in front of layer `first`. third: by layer, kappa(z_i, z_i, z_j) of the numbers that this
    // layer reads, for layers with takes_third(). Behind each layer, in order; no NaN. Throws
    // Error(bad_input) where the moments do not fit the layer or something overflows.
    std::vector<PassedLayer> run(const Moments &moments,
                                 const std::map<std::size_t, Matrix> &third = {}) const;

    // In front of layer `end`, which is not before the first one; without third cumulants.
    Moments run_until(std::size_t end, const Moments &moments) const;

    std::size_t first() const { return first_; }
    // The first layer from `first` on that is not affine; the number of layers where there is none.
    std::size_t first_nonlinearity() const;
    bool takes_third(std::size_t layer) const { return rooms_[layer - first_]->takes_third; }
    // What the formulas neglect, a sentence per kind of layer.
    std::vector<std::string> neglects() const;

private:
    MomentPlace place(std::size_t layer) const;
    void check_units(const Moments &moments) const;
    PassedLayer pass(std::size_t layer, const Moments &moments, const Matrix *third) const;

    const Model &model_;
    std::size_t first_;
    PropagationOptions options_;
    std::vector<Shape> shapes_;
    std::vector<const MomentLayer *> rooms_;  // by layer - first
    std::vector<AffineMap> maps_;             // the same; empty for what is not affine
};

}  // namespace fsd::analysis
