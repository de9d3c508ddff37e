// GPU schedule of kld_conv_log_normalize: a thread sums the evidence of all states of a site and normalizes
// it, one launch that reads the map and writes the result; other numbers of states go through the memory.
#include "generators/kld_conv_log_normalize.h"

#include "schedules/idioms/gpu_site_posteriors.h"

void fsd::KldConvLogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const PosteriorTile tile = posterior_tile(measured.choose(target, posterior_tile_parameters()));
    const Forms forms = forms_of_output(log_posterior, window, Halide::Internal::const_true(), tile);
    const Rows rows{bayes.group,   bayes.site,     bayes.sample,
                    window.groups, places.sites(), log_posterior.dim(4).extent()};
    const Halide::LoopLevel place =
        posteriors_of_sites(log_posterior, state, group, places, window, forms, rows, tile);
    normalize_at(forms, bayes, rows, place);
}
