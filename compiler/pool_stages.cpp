// The windows of pools over a map of constant size.
#include "compiler/pool_stages.h"

#include "generators/log_space.h"
#include "generators/many_sites.h"
#include "runtime/signature.h"

#include <algorithm>

namespace fsd::compiler {

using Halide::Expr;
using Halide::Func;

PoolStages::PoolStages(const Layer &layer, const StageMap &input, bool on_device)
    : output(input),
      window_x_(layer.attribute("pool_window_x")),
      window_y_(layer.attribute("pool_window_y")),
      stride_x_(layer.attribute("pool_stride_x")),
      stride_y_(layer.attribute("pool_stride_y")),
      has_few_sites_(on_device ||
                     std::min(window_x_, input.width) * std::min(window_y_, input.height) <= few_sites) {
    columns = {input.width, window_x_, stride_x_};
    rows = {input.height, window_y_, stride_y_};
    output.values = Func(layer.op);
    output.width = pool_positions(input.width, window_x_, stride_x_);
    output.height = pool_positions(input.height, window_y_, stride_y_);
    offset = window_sites(columns, x, rows, y);
}

bool PoolStages::is_small() const {
    return window_x_ * window_y_ <= 9 && columns.is_inside() && rows.is_inside();
}

bool PoolStages::is_disjoint() const {
    return window_x_ <= stride_x_ && window_y_ <= stride_y_ && columns.is_inside() && rows.is_inside();
}

Expr PoolStages::at_offset(const StageMap &input) const {
    return input.values(channel, columns.site(x, offset.x), rows.site(y, offset.y), sample);
}

Func PoolStages::accumulator(const std::string &name) {
    accumulated.emplace_back(name);
    return accumulated.back();
}

void PoolStages::define_largest(const StageMap &input) {
    Func peak = accumulator("pool_peak");
    peak(channel, x, y, sample) = -infinity;
    const Expr found = peak(channel, x, y, sample), next = at_offset(input);
    peak(channel, x, y, sample) = select(exceeds(next, found), next, found);
    output.values(channel, x, y, sample) = found;
}

Expr PoolStages::term(const Expr &number) const {
    return has_few_sites_ ? number : Halide::cast<double>(number);
}

Expr PoolStages::mean(const Expr &sum, const Expr &mean_of_few) const {
    return has_few_sites_ ? mean_of_few : mean_of_many(sum, columns, x, rows, y);
}

}  // namespace fsd::compiler
