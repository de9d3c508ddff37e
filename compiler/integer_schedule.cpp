// Dot products of four bytes or two 16-bit integers, as many side by side as a vector holds.
#include "compiler/integer_schedule.h"

namespace fsd::compiler {
namespace {

constexpr auto on_stack = Halide::MemoryType::Register;

void compute_pairs(IntegerSums &integers, const WindowEvidence &window, const Halide::LoopLevel &sample) {
    Halide::Func pairs = integers.pairs;
    pairs.compute_at(sample)
        .store_in(on_stack)
        .bound(integers.half, 0, 2)
        .reorder(integers.half, window.element, window.y)
        .unroll(integers.half)
        .vectorize(window.element, lanes_per_panel, Halide::TailStrategy::RoundUp);
}

}  // namespace

int most_accumulators_of_pairs(int registers) {
    return registers == 32 ? 24 : 6;
}

void sum_integers(EvidenceBlock &block, const Halide::Var &tile, const Halide::LoopLevel &sample) {
    WindowEvidence &window = block.window;
    IntegerSums &integers = *block.integers;
    const Halide::Var lane = window.filters.lane, panel = window.filters.panel;
    window.sum.compute_at(window.evidence, tile)
        .store_in(on_stack)
        .reorder(lane, panel, window.site)
        .vectorize(lane)
        .unroll(panel)
        .unroll(window.site);
    std::vector<Halide::VarOrRVar> order{integers.product(), lane, panel, window.site};
    if (integers.are_of_pairs()) {
        compute_pairs(integers, window, sample);
        order.emplace_back(integers.term[1]);
        window.sum.update().unroll(integers.term[1]);
    }
    order.emplace_back(integers.word());
    order.emplace_back(integers.row());
    window.sum.update()
        .reorder(order)
        .atomic()
        .vectorize(integers.product())
        .vectorize(lane)
        .unroll(panel)
        .unroll(window.site);
}

}  // namespace fsd::compiler
