// What nonlinearities of two jointly Gaussian numbers have in common (docs/analysis.md): an integral over the
// correlation,
//
//     int_0^asin|rho| weight(sin t) exp[-(a^2 - 2 a b sin t + b^2) / (2 cos^2 t)] dt,
//
// by Gauss and Legendre's rule with given nodes between -1 and 1. For a negative correlation b has the other
// sign.
#pragma once

#include "generators/double_precision.h"
#include "generators/triangle.h"

#include <functional>

namespace fsd {

class GaussianPairs {
public:
    Triangle triangle;
    Halide::Func data{"pair_data"};  // place, pair: rho, asin |rho|, a, b
    Halide::Func sum{"node_sum"};    // place, pair: over the nodes
    Halide::RDom nodes;

    // a(unit) is a mean in units of its deviation; correlation(row, column) is between -1 and 1.
    void define_data(
        const std::function<Halide::Expr(const Halide::Expr &unit)> &a,
        const std::function<Halide::Expr(const Halide::Expr &row, const Halide::Expr &column)> &correlation) {
        const Halide::Expr row = triangle.row(), column = triangle.column();
        const Halide::Expr rho = correlation(row, column);
        const Halide::Expr b =
            Halide::select(rho < Halide::Expr(0.), Halide::Expr(0.) - a(column), a(column));
        data(triangle.place, triangle.pair) = {rho, double_arcsine(Halide::abs(rho)), a(row), b};
    }

    // weight(|rho|, sin t). The exponent is (a - b)^2 / (2 cos^2 t) + a b / (1 + sin t), in which nothing
    // cancels where sin t is close to 1.
    template<typename Nodes, typename Weight>
    void define_sum(const Nodes &node, const Nodes &node_weight, const Weight &weight) {
        nodes = Halide::RDom(0, node.dim(0).extent(), "nodes");
        const Halide::Expr zero{0.}, one{1.}, half{0.5};
        const Halide::Expr a = element(2), b = element(3);
        const Halide::Expr sine =
            Halide::min(double_sine(element(1) * ((node(nodes) + one) * half)), Halide::Expr(1 - 0x1p-53));
        const Halide::Expr cosine_square = (one - sine) * (one + sine);
        // One division for both terms.
        const Halide::Expr exponent = ((a - b) * (a - b) * half + a * b * (one - sine)) / cosine_square;
        sum(triangle.place, triangle.pair) = zero;
        sum(triangle.place, triangle.pair) +=
            node_weight(nodes) * weight(Halide::abs(element(0)), sine) *
            double_exponential_of_nonpositive(Halide::min(zero - exponent, zero));
    }

    Halide::Expr rho() const { return element(0); }
    Halide::Expr integral() const {
        return element(1) * sum(triangle.place, triangle.pair) * Halide::Expr(0.5);
    }

    Halide::Func finite_nodes{"finite_nodes"};  // 0, or NaN where a node or its weight is

    // Added to an element of the result, it shows what clamps and symmetric reading would hide.
    template<typename Op>
    Halide::Expr zero_if_inputs_are_finite(const Op &op, const Halide::Var &unit, const Halide::Var &other) {
        finite_nodes() = Halide::Expr(0.);
        finite_nodes() = strict_sum(finite_nodes(), zero_if_finite({op.node(nodes), op.node_weight(nodes)}));
        return zero_if_finite({op.mean(unit), op.mean(other), op.covariance(unit, unit),
                               op.covariance(other, other), op.covariance(other, unit),
                               op.covariance(unit, other), finite_nodes()});
    }

    // Of all arguments: what the mean's and the nodes' extents imply, and typical ones.
    template<typename Op>
    static void set_extents(Op &op) {
        const Halide::Expr units = op.mean.dim(0).extent();
        op.mean.dim(0).set_min(0);
        op.covariance.dim(0).set_bounds(0, units);
        op.covariance.dim(1).set_bounds(0, units);
        op.node.dim(0).set_min(0);
        op.node_weight.dim(0).set_bounds(0, op.node.dim(0).extent());
        op.mean.set_estimates({{0, 100}});
        op.covariance.set_estimates({{0, 100}, {0, 100}});
        op.node.set_estimates({{0, 16}});
        op.node_weight.set_estimates({{0, 16}});
        op.result_mean.set_estimates({{0, 100}});
        op.result_covariance.set_estimates({{0, 100}, {0, 100}});
    }

private:
    Halide::Expr element(int which) const { return data(triangle.place, triangle.pair)[which]; }
};

}  // namespace fsd
