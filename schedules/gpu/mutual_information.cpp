// GPU schedule of mutual_information: a thread per state and chunk of sites; the few sums behind that are one
// block.
#include "generators/mutual_information.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::MutualInformation::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_in_memory(chunk_sums);
    threads_over(chunk_sums.update().reorder(in_chunk, state, group, chunk), {state, group, chunk});
    elements_in_memory(sums);
    threads_over(sums.update().reorder(chunks, state, group), {state, group});
    elements_in_memory(entropies);
    threads_over(entropies.update().reorder(states, group), {group});
    elements_on_gpu(information, {group});
    elements_on_gpu(conditional_entropy, {group});
    elements_on_gpu(marginal_entropy, {group});
}
