// GPU schedule of grouped_conv_backward_weight: a thread per output sums the sites of one sample, then a
// thread per element the samples.
#include "generators/grouped_conv_backward_weight.h"

#include "schedules/idioms/gpu_grouped.h"

void fsd::GroupedConvBackwardWeight::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    constexpr int warp = 32;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var member("member"), chunk("part_chunk"), lane("part_lane");
    copy_map_on_gpu(map);
    Halide::Func of_sample = sum.update().rfactor(term.z, member);
    of_sample.compute_root();
    const auto threads = [&](Halide::Stage stage, std::vector<Halide::VarOrRVar> order) {
        order.insert(order.end(), {chunk, from, window_x, lane, member, window_y, block});
        stage.split(part, chunk, lane, warp, guard)
            .reorder(order)
            .gpu_threads(lane)
            .gpu_blocks(member, window_y, block);
    };
    threads(of_sample, {});
    threads(of_sample.update(), {term.x, term.y});

    const std::vector<Halide::Var> axes{part, from, window_x, window_y, block};
    sum.compute_root();
    elements_on_gpu(sum, axes);
    threads_over(sum.update().reorder(term.z, part, from, window_x, window_y, block), axes);

    const Halide::RVar channel_chunk("channel_chunk"), thread("channel_thread");
    writes_each_element_once(d_weight, 0);
    d_weight.update()
        .split(channels.x, channel_chunk, thread, warp, guard)
        .reorder(channel_chunk, from, window_x, thread, channels.y, window_y)
        .gpu_threads(thread)
        .gpu_blocks(channels.y, window_y);
}
