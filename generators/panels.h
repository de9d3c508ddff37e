// Filters in panels, the layout that a register tile reads from front to back: as many outputs side by side
// as a vector has lanes, then the terms of the sum, then the next outputs. Behind the last output there are
// zeros.
#pragma once

#include "Halide.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd {

class Panels {
public:
    Halide::Func func;  // lane, terms..., panel
    Halide::Var lane{"lane"}, panel{"panel"};
    std::vector<Halide::Var> terms;
    Halide::RDom output;  // x: state, y: group; output = state + states * group
    Halide::Expr states, groups;
    int lanes = 1;

    // filter(state, group) is the filter of an output at `terms`.
    void define(const std::function<Halide::Expr(Halide::Expr, Halide::Expr)> &filter) {
        output = Halide::RDom(0, states, 0, groups, "output");
        const Halide::Expr position = output.x + states * output.y;
        func(place(lane, panel)) = Halide::undef<float>();
        func(place(lane, (states * groups - 1) / lanes)) = 0.f;
        func(place(position % lanes, position / lanes)) = filter(output.x, output.y);
    }

    Halide::Expr count() const { return (states * groups + lanes - 1) / lanes; }

private:
    std::vector<Halide::Expr> place(const Halide::Expr &lane, const Halide::Expr &panel) const {
        std::vector<Halide::Expr> arguments{lane};
        arguments.insert(arguments.end(), terms.begin(), terms.end());
        arguments.push_back(panel);
        return arguments;
    }
};

}  // namespace fsd
