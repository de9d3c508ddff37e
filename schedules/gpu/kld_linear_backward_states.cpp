// GPU schedule of kld_linear_backward_states: tiles of inputs x samples, as kld_linear.
#include "generators/kld_linear_backward_states.h"

#include "schedules/idioms/gpu_products.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinearBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    pack_panels_on_gpu(transposed.filters);
    linear_products_on_gpu(d_log_evidence, d_probability, input, sample, transposed, target, tiles);
}
