// GPU schedule of kld_conv_backward_filters: a thread per weight and block of samples adds over their sites;
// then a thread per weight adds the blocks in order.
#include "generators/kld_conv_backward_filters.h"

#include "schedules/idioms/gpu_elements.h"

namespace {

// A batch is cut into as many, whatever its size.
constexpr int blocks = 16;

}  // namespace

void fsd::KldConvBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var block{"block"};
    Halide::RVar part{"part"}, one{"one"};
    const Expr size = (d_log_evidence.dim(3).extent() + blocks - 1) / blocks;
    sum.update().split(term.z, part, one, size, Halide::TailStrategy::GuardWithIf);
    Halide::Func partial = sum.update().rfactor(part, block);
    elements_in_memory(partial);
    threads_over(partial.update().reorder(term.x, term.y, one, output, column, window_y, block),
                 {output, column, window_y, block});
    elements_in_memory(observed);
    threads_along(observed.update(), site.y, {site.z, sample});
    elements_on_gpu(d_log_likelihood, {output, input, window_x, window_y}, {sum});
}
