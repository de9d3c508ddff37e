// CPU schedule of log_normalizer: squares of 16 rows; rows of few states in registers, one vector per state.
#include "generators/log_normalizer.h"

#include "schedules/idioms/rows_of_groups.h"

void fsd::LogNormalizer::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    tile_rows_of_groups({logits}, log_normalizer, group, site, logits.dim(0).extent());
    reduce_tile(peak, site, log_normalizer, group);
    reduce_tile(mass, site, log_normalizer, group);
}
