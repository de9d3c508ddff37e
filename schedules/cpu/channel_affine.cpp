// CPU schedule of channel_affine: memory-bound; vectors of channels, of sites where there is one channel.
#include "generators/channel_affine.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::AffineChannels::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lane{"lane"};
    const Expr one_channel =
        scaled.dim(0).extent() == 1 && scaled.dim(1).stride() == 1 && features.dim(1).stride() == 1;
    scaled.specialize(one_channel)
        .split(site, site, lane, vector, guard)
        .vectorize(lane)
        .parallel(site, elements_per_task / vector, guard);
    scaled.vectorize(channel, vector, guard);
    parallel_rows(scaled, site, scaled.dim(0).extent());
}
