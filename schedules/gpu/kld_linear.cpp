// GPU schedule of kld_linear: tiles of outputs x samples, each thread with its sums in registers.
#include "generators/kld_linear.h"

#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinear::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    pack_panels_on_gpu(linear.filters);
    const Halide::Var thread = tile_on_gpu(log_evidence, output, sample, linear.filters.lanes, {});
    sums_in_thread(linear, Halide::LoopLevel(log_evidence, thread));
}
