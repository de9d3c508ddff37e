// Filters in panels, the layout that a register tile reads from front to back: as many outputs side by side
// as a vector has lanes, then the terms of the sum, then the next outputs. Behind the last output there are
// zeros.
#pragma once

#include "Halide.h"

#include <functional>
#include <vector>

namespace fsd {

class Panels {
public:
    using Axes = std::vector<Halide::RVar>;
    using Filter = std::function<Halide::Expr(Halide::Expr state, Halide::Expr group, const Axes &axes)>;

    // Set before define().
    Halide::Expr states, groups;        // output = state + states * group
    std::vector<Halide::Expr> extents;  // of the axes of a filter, innermost first; a term is a place in it
    int lanes = 1;

    Halide::Var lane{"lane"}, term{"term"}, panel{"panel"};
    Halide::Func func{"panels"};  // lane, term, panel
    Halide::RDom chunk, rest;     // part, axes of a filter..., chunk, group: state = part + lanes * chunk

    // filter(state, group, axes) is one factor of a term of the sum.
    void define(const Filter &filter) {
        func(lane, term, panel) = Halide::undef<float>();
        func(lane, term, count() - 1) = 0.f;
        const Halide::Expr chunks = states / lanes;
        chunk = copy(lanes, 0, chunks, filter);
        rest = copy(states % lanes, chunks, 1, filter);
    }

    // Number of panels.
    Halide::Expr count() const { return (states * groups + lanes - 1) / lanes; }

private:
    // Copies the first `parts` states of `chunks` chunks.
    Halide::RDom copy(const Halide::Expr &parts, const Halide::Expr &first, const Halide::Expr &chunks,
                      const Filter &filter) {
        const int axes = static_cast<int>(extents.size());
        Halide::Region region{{0, parts}};
        for (const Halide::Expr &extent : extents) {
            region.emplace_back(0, extent);
        }
        region.insert(region.end(), {{first, chunks}, {0, groups}});
        Halide::RDom place(region, "place");
        const Halide::Expr state = place[0] + lanes * place[axes + 1], group = place[axes + 2];
        Axes at;
        Halide::Expr number = 0, stride = 1;
        for (int axis = 0; axis < axes; axis++) {
            at.push_back(place[axis + 1]);
            number += at.back() * stride;
            stride *= extents[axis];
        }
        const Halide::Expr output = state + states * group;
        func(output % lanes, number, output / lanes) = filter(state, group, at);
        return place;
    }
};

}  // namespace fsd
