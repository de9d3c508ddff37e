// Breadth first from the top.
#include "toolkit/analysis/teacher/generative_tree.h"

#include "runtime/error.h"

#include <cmath>
#include <numeric>
#include <random>
#include <utility>

namespace fsd::analysis {
namespace {

void check_distribution(const Eigen::Ref<const Eigen::RowVectorXd> &row, const std::string &what) {
    if (!(row.array() >= 0).all() || !(std::fabs(row.sum() - 1) <= 1e-9)) {
        throw Error(ExitCode::bad_input,
                    text(what, " must be probabilities that sum to 1; found a smallest one of ",
                         row.minCoeff(), " and a sum of ", row.sum(), ". Divide each row by its sum."));
    }
}

void check_edge(const TreeRegion &region, const TreeRegion &child, const TreeEdge &edge, std::size_t index) {
    const std::string what = text("The transition from region ", index, " to region ", edge.child);
    if (edge.transition.rows() != region.states || edge.transition.cols() != child.states) {
        throw Error(ExitCode::bad_input, text(what, " must be [", region.states, ", ", child.states,
                                              "], a row for each state; found [", edge.transition.rows(),
                                              ", ", edge.transition.cols(), "]."));
    }
    for (Eigen::Index row = 0; row < edge.transition.rows(); row++) {
        check_distribution(edge.transition.row(row), text(what, ", row ", row, ","));
    }
}

// Most of each row goes to one state. Where there are more rows than columns, which of them share a state is
// drawn: states that share one in one child should differ in another.
Matrix noisy_map(int rows, int columns, double noise, std::mt19937 &random) {
    std::vector<int> names(static_cast<std::size_t>(columns)), targets(static_cast<std::size_t>(rows));
    std::iota(names.begin(), names.end(), 0);
    std::shuffle(names.begin(), names.end(), random);
    for (std::size_t row = 0; row < targets.size(); row++) {
        targets[row] = names[row % names.size()];
    }
    std::shuffle(targets.begin(), targets.end(), random);
    std::uniform_real_distribution<double> uniform(0.05, 1);
    Matrix result(rows, columns);
    for (int row = 0; row < rows; row++) {
        for (double &value : result.row(row)) {
            value = uniform(random);
        }
        result.row(row) *= noise / result.row(row).sum();
        result(row, targets[static_cast<std::size_t>(row)]) += 1 - noise;
    }
    return result;
}

}  // namespace

GenerativeTree::GenerativeTree(std::vector<TreeRegion> regions, Vector prior) : regions_(std::move(regions)) {
    if (regions_.empty() || prior.size() != regions_[0].states) {
        throw Error(ExitCode::bad_input,
                    text("A tree needs a top and a prior probability for each of its states; found ",
                         regions_.size(), " regions and ", prior.size(), " probabilities."));
    }
    check_distribution(prior.transpose(), "The prior");
    marginals_.assign(regions_.size(), Vector());
    marginals_[0] = std::move(prior);
    place_regions();
}

void GenerativeTree::place_regions() {
    parents_.assign(regions_.size(), -2);
    parents_[0] = -1;
    std::vector<int> level = {0};
    std::size_t reached = 1;
    while (!level.empty()) {
        std::vector<int> inner, below;
        for (const int index : level) {
            if (!is_pixel(index)) {
                inner.push_back(index);
            }
            for (const TreeEdge &edge : region(index).children) {
                if (edge.child < 0 || edge.child >= this->regions()) {
                    throw Error(ExitCode::bad_input, text("Region ", index, " has the child ", edge.child,
                                                          ", but there are ", this->regions(), " regions."));
                }
                int &parent = parents_[static_cast<std::size_t>(edge.child)];
                if (parent != -2) {
                    throw Error(
                        ExitCode::bad_input,
                        text("Region ", edge.child, " lies below region ", parent < 0 ? index : parent,
                             " and again below region ", index,
                             ": regions that are cyclic or overlap have no exact expansion. Give each "
                             "region one region above it."));
                }
                parent = index;
                check_edge(region(index), region(edge.child), edge, static_cast<std::size_t>(index));
                marginals_[static_cast<std::size_t>(edge.child)] =
                    edge.transition.transpose() * marginal(index);
                below.push_back(edge.child);
                reached++;
            }
        }
        if (!inner.empty()) {
            levels_.push_back(inner);
        }
        level = below;
    }
    if (reached != regions_.size()) {
        throw Error(ExitCode::bad_input, text("Only ", reached, " of ", regions_.size(),
                                              " regions lie below the top: the others are cyclic or have no "
                                              "region above them."));
    }
}

GenerativeTree random_tree(int labels, int branches, int states, int values, double noise, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<TreeRegion> regions(static_cast<std::size_t>(1 + branches + branches * branches));
    regions[0].states = labels;
    int next = 1 + branches;
    for (int branch = 1; branch <= branches; branch++) {
        TreeRegion &summary = regions[static_cast<std::size_t>(branch)];
        summary.states = states;
        regions[0].children.push_back({branch, noisy_map(labels, states, noise, random)});
        for (int pixel = 0; pixel < branches; pixel++, next++) {
            regions[static_cast<std::size_t>(next)].states = values;
            summary.children.push_back({next, noisy_map(states, values, noise, random)});
        }
    }
    return GenerativeTree(std::move(regions), Vector::Constant(labels, 1. / labels));
}

}  // namespace fsd::analysis
