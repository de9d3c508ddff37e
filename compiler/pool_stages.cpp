// The formulas of the pooling operators over a map of constant size.
#include "compiler/pool_stages.h"

#include "generators/log_space.h"
#include "runtime/error.h"
#include "runtime/signature.h"

namespace fsd::compiler {

using Halide::Expr;
using Halide::Func;

PoolStages::PoolStages(const Layer &layer, const Map &input)
    : output(input),
      window_x_(layer.attribute("pool_window_x")),
      window_y_(layer.attribute("pool_window_y")),
      stride_x_(layer.attribute("pool_stride_x")),
      stride_y_(layer.attribute("pool_stride_y")) {
    columns = {input.width, window_x_, stride_x_};
    rows = {input.height, window_y_, stride_y_};
    output.values = Func(layer.op);
    output.width = pool_positions(input.width, window_x_, stride_x_);
    output.height = pool_positions(input.height, window_y_, stride_y_);
    offset = window_sites(columns, x, rows, y);
    if (layer.op == "marginal_pool") {
        define_marginal(input);
    } else if (layer.op == "log_marginal_pool") {
        define_log_marginal(input);
    } else if (layer.op == "max_pool") {
        define_maximum(input);
    } else if (layer.op == "renormalized_max_pool") {
        define_renormalized_maximum(input);
    } else {
        throw Error(ExitCode::internal, text("The compiler knows no pooling '", layer.op, "'."));
    }
}

bool PoolStages::is_small() const {
    return window_x_ * window_y_ <= 9 && columns.is_inside() && rows.is_inside();
}

bool PoolStages::is_disjoint() const {
    return window_x_ <= stride_x_ && window_y_ <= stride_y_ && columns.is_inside() && rows.is_inside();
}

Expr PoolStages::at_offset(const Map &input) const {
    return input.values(channel, columns.site(x, offset.x), rows.site(y, offset.y), sample);
}

Func PoolStages::accumulator(const std::string &name) {
    accumulated.emplace_back(name);
    return accumulated.back();
}

void PoolStages::define_marginal(const Map &input) {
    Func sum = accumulator("pool_sum");
    sum(channel, x, y, sample) = 0.f;
    sum(channel, x, y, sample) += at_offset(input);
    output.values(channel, x, y, sample) =
        strict_product(sum(channel, x, y, sample), probability_of_site(columns, x, rows, y));
}

void PoolStages::define_maximum(const Map &input) {
    Func peak = accumulator("pool_peak");
    peak(channel, x, y, sample) = -infinity;
    const Expr found = peak(channel, x, y, sample), next = at_offset(input);
    peak(channel, x, y, sample) = select(exceeds(next, found), next, found);
    output.values(channel, x, y, sample) = found;
}

void PoolStages::define_renormalized_maximum(const Map &input) {
    define_maximum(input);
    const Halide::Var group{"group"};
    const Func maximum = output.values;
    total.sum({group, x, y, sample}, input.states,
              [&](const Expr &state) { return maximum(state + input.states * group, x, y, sample); });
    scale(group, x, y, sample) = normalizer(total.total(group, x, y, sample));
    output.values = Func("renormalized_max_pool");
    const Expr of_channel = input.groups == 1 ? Expr(0) : channel / input.states;
    output.values(channel, x, y, sample) =
        strict_product(maximum(channel, x, y, sample), scale(of_channel, x, y, sample));
}

void PoolStages::define_log_marginal(const Map &input) {
    define_maximum(input);
    const Expr peak = finite_peak(output.values(channel, x, y, sample));
    Func mass = accumulator("pool_mass");
    mass(channel, x, y, sample) = 0.f;
    mass(channel, x, y, sample) = strict_sum(mass(channel, x, y, sample), joint(at_offset(input), peak));
    const Expr sites = Halide::cast<float>(columns.count(x) * rows.count(y));
    output.values = Func("log_marginal_pool");
    output.values(channel, x, y, sample) =
        log_sum_exponentials(peak, strict_quotient(mass(channel, x, y, sample), sites));
}

}  // namespace fsd::compiler
