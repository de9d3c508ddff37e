// GPU schedule of kld_conv_backward_states: products in tiles, then the sums at the sites of the map.
#include "generators/kld_conv_backward_states.h"

#include "schedules/idioms/gpu_adjoint.h"

void fsd::KldConvBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters(true)));
    adjoint_in_memory(d_log_evidence, adjoint, target, tiles);
    elements_on_gpu(d_probability, {input, x, y, sample});
}
