// A teacher: discrete summaries that generate one another from the top to the pixels, as a tree (arXiv
// 1809.10829, section 3; docs/analysis.md, Teacher).
#pragma once

#include "toolkit/analysis/matrix.h"

#include <vector>

namespace fsd::analysis {

struct TreeEdge {
    int child = 0;      // a region
    Matrix transition;  // [state, child's state]: P(child's state | state); each row sums to 1
};

// Without children it is a pixel, whose state is what a student sees.
struct TreeRegion {
    int states = 1;
    std::vector<TreeEdge> children;
};

class GenerativeTree {
public:
    // regions[0] is the top, whose state is the label; prior: its probabilities. Throws Error(bad_input)
    // where regions are cyclic, overlap (one has two regions above it) or are not connected with the top,
    // where transitions do not have a row per state and a column per child's state, and where probabilities
    // are negative, not numbers, or do not sum to 1 within 1e-9.
    GenerativeTree(std::vector<TreeRegion> regions, Vector prior);

    int regions() const { return static_cast<int>(regions_.size()); }
    const TreeRegion &region(int index) const { return regions_[static_cast<std::size_t>(index)]; }
    bool is_pixel(int index) const { return region(index).children.empty(); }
    // P(state) of the region; 0 for a state that never occurs.
    const Vector &marginal(int index) const { return marginals_[static_cast<std::size_t>(index)]; }
    // The region above; -1 for the top.
    int parent(int index) const { return parents_[static_cast<std::size_t>(index)]; }
    // Regions with children by their distance from the top: levels()[0] is {0}.
    const std::vector<std::vector<int>> &levels() const { return levels_; }

private:
    void place_regions();

    std::vector<TreeRegion> regions_;
    std::vector<Vector> marginals_;
    std::vector<int> parents_;
    std::vector<std::vector<int>> levels_;
};

// A top with `labels` equally likely states over `branches` summaries with `states` states, each over as many
// pixels with `values` values. noise: how much of each transition is a random distribution; the rest goes to
// one state, drawn so that the states of a summary differ where they can. 0: every summary and every pixel is
// a function of the label.
GenerativeTree random_tree(int labels, int branches, int states, int values, double noise, unsigned seed);

}  // namespace fsd::analysis
