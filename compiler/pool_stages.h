// Pooling as stages of a compiled network.
#pragma once

#include "compiler/map.h"
#include "generators/pool_window.h"
#include "generators/row_reduction.h"
#include "runtime/model.h"

namespace fsd::compiler {

// The windows over a map; a room in compiler/layers/ defines what is made of their sites.
class PoolStages {
public:
    // The layer has the attributes of a pool. Sums over many sites are in float64 where the target has it for
    // certain: on CPUs.
    PoolStages(const Layer &layer, const StageMap &input, bool on_device);

    StageMap output;
    PoolAxis columns, rows;
    Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::RDom offset;                    // the sites of a window
    std::vector<Halide::Func> accumulated;  // channel, x, y, sample: each has one update over `offset`
    RowReduction total{"pool_total"};       // where it renormalizes: over the states, per group
    Halide::Func scale{"pool_scale"};       // group, x, y, sample

    // For rooms. A new one of the accumulated; the input at `offset`; the output as the window's largest; a
    // number as a term of a sum over `offset`; a mean as such a sum and the number of sites give it, where
    // windows with few sites have a formula of their own.
    Halide::Func accumulator(const std::string &name);
    Halide::Expr at_offset(const StageMap &input) const;
    void define_largest(const StageMap &input);
    Halide::Expr term(const Halide::Expr &number) const;
    Halide::Expr mean(const Halide::Expr &sum, const Halide::Expr &mean_of_few) const;

    bool renormalizes() const { return scale.defined(); }
    bool is_small() const;     // few sites, as many in every window
    bool is_disjoint() const;  // no site is in two windows, none reaches beyond the map
    int window_y() const { return window_y_; }
    int stride_y() const { return stride_y_; }

private:
    int window_x_, window_y_, stride_x_, stride_y_;
    bool has_few_sites_;
};

}  // namespace fsd::compiler
