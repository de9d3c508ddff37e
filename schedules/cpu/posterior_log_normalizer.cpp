// CPU schedule of posterior_log_normalizer: squares of 16 rows, two shuffles and one maximum per row of 16
// states; rows of few states in registers, one vector per state.
#include "generators/posterior_log_normalizer.h"

#include "schedules/idioms/rows_of_groups.h"

void fsd::PosteriorLogNormalizer::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    tile_rows_of_groups({logits, posterior}, log_normalizer, group, site, logits.dim(0).extent());
    reduce_tile(peak, site, log_normalizer, group);
    reduce_tile(largest, site, log_normalizer, group);
    reduce_tile(hidden, site, log_normalizer, group);
}
