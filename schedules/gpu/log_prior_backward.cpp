// GPU schedule of log_prior_backward: the sites in blocks, a thread per output and block; then a thread per
// output adds the blocks in order.
#include "generators/log_prior_backward.h"

#include "schedules/idioms/gpu_elements.h"

namespace {

// So that a few outputs keep thousands of threads busy.
constexpr int blocks = 64;

}  // namespace

void fsd::LogPriorBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var block{"block"};
    Halide::RVar part{"part"}, one{"one"};
    const Expr size = (d_log_evidence.dim(1).extent() + blocks - 1) / blocks;
    sum.update().split(sites, part, one, size, Halide::TailStrategy::GuardWithIf);
    Halide::Func partial = sum.update().rfactor(part, block);
    elements_in_memory(partial);
    threads_over(partial.update().reorder(one, output, block), {output, block});
    elements_on_gpu(d_log_prior, {output}, {sum});
}
