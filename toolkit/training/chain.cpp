// Looks for kernels by joined names, as the planner of networks does.
#include "toolkit/training/chain.h"

namespace fsd {
namespace {

bool may_skip_between(const TrainableLayer &before, const TrainableLayer &behind) {
    return !before.reads(BackwardRead::output) && !behind.reads(BackwardRead::input);
}

// The longest run from `first` on by a kernel whose op begins with `op`; alone where there is no other.
LayerRun longest(const TrainableLayers &layers, std::size_t first, const std::string &op,
                 const Place &place) {
    LayerRun best = {first, first + 1, op};
    std::string joined = op;
    for (std::size_t next = first + 1;
         next < layers.size() && may_skip_between(*layers[next - 1], *layers[next]); next++) {
        joined += "_" + layers[next]->ops().front();
        if (find_kernel(joined, place.schedules)) {
            best = {first, next + 1, joined};
        }
    }
    return best;
}

// The last run that ends at `end` and begins at `first` or behind it.
LayerRun longest_backward(const TrainableLayers &layers, std::size_t first, std::size_t end,
                          const Place &place) {
    if (layers[end - 1]->has_parameters()) {
        return {end - 1, end, ""};
    }
    std::string joined = layers[end - 1]->ops().front();
    LayerRun best = {end - 1, end, joined + "_backward"};
    for (std::size_t next = end - 1; next > first && !layers[next - 1]->has_parameters(); next--) {
        joined.insert(0, layers[next - 1]->ops().front() + "_");
        if (find_kernel(joined + "_backward", place.schedules) != nullptr) {
            best = {next - 1, end, joined + "_backward"};
        }
    }
    return best;
}

}  // namespace

std::vector<LayerRun> forward_runs(const TrainableLayers &layers, const Place &place) {
    std::vector<LayerRun> runs;
    for (std::size_t first = 0; first < layers.size(); first = runs.back().end) {
        std::string chosen;
        LayerRun best = {first, first, ""};
        for (const std::string &op : layers[first]->ops()) {
            const LayerRun run = longest(layers, first, op, place);
            if (run.end > best.end) {
                best = run;
                chosen = op;
            }
        }
        layers[first]->choose(chosen);
        runs.push_back(best);
    }
    return runs;
}

std::vector<LayerRun> backward_runs(const TrainableLayers &layers, std::size_t first, std::size_t end,
                                    const Place &place) {
    std::vector<LayerRun> runs;
    while (end > first) {
        runs.push_back(longest_backward(layers, first, end, place));
        end = runs.back().first;
    }
    return runs;
}

}  // namespace fsd
