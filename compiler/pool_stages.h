// Pooling as stages of a compiled network.
#pragma once

#include "compiler/map.h"
#include "generators/pool_window.h"
#include "generators/row_reduction.h"
#include "runtime/model.h"

namespace fsd::compiler {

class PoolStages {
public:
    // Layer is marginal_pool, max_pool, renormalized_max_pool or log_marginal_pool.
    PoolStages(const Layer &layer, const Map &input);

    Map output;
    PoolAxis columns, rows;
    Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::RDom offset;                    // the sites of a window
    std::vector<Halide::Func> accumulated;  // channel, x, y, sample: each has one update over `offset`
    RowReduction total{"pool_total"};       // renormalized_max_pool: over the states, per group
    Halide::Func scale{"pool_scale"};       // group, x, y, sample

    bool renormalizes() const { return scale.defined(); }
    bool is_small() const;     // few sites, as many in every window
    bool is_disjoint() const;  // no site is in two windows, none reaches beyond the map
    int window_y() const { return window_y_; }
    int stride_y() const { return stride_y_; }

private:
    void define_marginal(const Map &input);
    void define_log_marginal(const Map &input);
    void define_maximum(const Map &input);
    void define_renormalized_maximum(const Map &input);
    Halide::Expr at_offset(const Map &input) const;
    Halide::Func accumulator(const std::string &name);

    int window_x_, window_y_, stride_x_, stride_y_;
};

}  // namespace fsd::compiler
