// Sums of outer products, gradient x observation, kept in registers: the filters' gradients.
#pragma once

#include "schedules/idioms/register_tile.h"

namespace fsd {

// Tiles of a sum over (output, column): vectors of outputs x columns of observations, which are broadcast.
// Each term loads vectors + columns numbers for vectors x columns multiply-adds.
//
// The columns of a convolution's window are window_x times inputs. Ten (five) at a time leave no rest where
// the window is five wide, two of 50 where it is three wide, and fill 20 of 32 (10 of 16) registers: as many
// sums as hide the latency of the multiply-add twice. Measured on an AMD EPYC (Zen 5, AVX-512), one core,
// kld_conv_backward_filters 5x5, 16 -> 32 states, batch 50: 89 % of the FMA peak.
class OuterProducts {
public:
    Halide::Var tile{"tile"};

    OuterProducts(int lanes, const Halide::Var &output, const Halide::Var &column)
        : lanes_(lanes), output_(output), column_(column) {}

    // The loops over one tile, innermost first; the loops over the tiles are `tile` (columns) and `output`.
    std::vector<Halide::VarOrRVar> loops() const { return {lane_, vector_, element_}; }

    // Splits a stage into tiles. It may be computed beyond its last output and column.
    Halide::Stage cover(Halide::Stage stage, const RegisterTile &shape) const {
        const auto round_up = Halide::TailStrategy::RoundUp;
        return stage.split(output_, output_, vector_, lanes_ * shape.vectors, round_up)
            .split(vector_, vector_, lane_, lanes_, Halide::TailStrategy::GuardWithIf)
            .split(column_, tile, element_, shape.rows, round_up)
            .vectorize(lane_)
            .unroll(vector_)
            .unroll(element_);
    }

    // Keeps `sum` in registers within a tile of `consumer`. `others` are further axes of the tile, `terms`
    // the loops of the sum, both innermost first.
    void sum_in_registers(Halide::Func sum, const Halide::Func &consumer,
                          const std::vector<Halide::Var> &others,
                          const std::vector<Halide::RVar> &terms) const {
        sum.compute_at(consumer, tile).store_in(Halide::MemoryType::Stack);
        in_registers(sum, others, {});
        in_registers(sum.update(), others, terms);
    }

private:
    void in_registers(Halide::Stage stage, const std::vector<Halide::Var> &others,
                      const std::vector<Halide::RVar> &terms) const {
        std::vector<Halide::VarOrRVar> order{lane_, vector_, column_};
        order.insert(order.end(), others.begin(), others.end());
        order.insert(order.end(), terms.begin(), terms.end());
        stage.split(output_, vector_, lane_, lanes_, Halide::TailStrategy::GuardWithIf)
            .reorder(order)
            .vectorize(lane_)
            .unroll(vector_)
            .unroll(column_);
        for (const Halide::Var &other : others) {
            stage.unroll(other);
        }
    }

    int lanes_;
    Halide::Var output_, column_;
    Halide::Var lane_{"lane"}, vector_{"vector"}, element_{"element"};
};

}  // namespace fsd
