// Measures, removes, and measures again.
#include "toolkit/pruning/pruning.h"

#include "runtime/error.h"

#include <algorithm>

namespace fsd {
namespace {

void check(const Model &model, const std::vector<PruningTarget> &targets) {
    for (std::size_t i = 0; i < targets.size(); i++) {
        const std::size_t layer = targets[i].layer;
        reader_of_states(model, layer);
        const std::string described = describe_layer(model.layers[layer], layer);
        if (i > 0 && targets[i - 1].layer == layer) {
            throw Error(ExitCode::usage,
                        text("States of ", described, " are to be removed twice; name it once."));
        }
        const int states = model.layers[layer].attribute("states");
        if (targets[i].keep < 2 || targets[i].keep >= states) {
            throw Error(ExitCode::usage,
                        text("Of the ", states, " states of ", described, " 2 to ", states - 1,
                             " can stay where some are to be removed; found ", targets[i].keep, "."));
        }
    }
}

const analysis::LayerUsefulness &of_layer(const std::vector<analysis::LayerUsefulness> &all,
                                          std::size_t layer) {
    return *std::find_if(all.begin(), all.end(),
                         [&](const analysis::LayerUsefulness &found) { return found.layer == layer; });
}

}  // namespace

KeptStates most_useful(const analysis::LayerUsefulness &usefulness, int keep) {
    KeptStates kept;
    for (const analysis::GroupUsefulness &group : usefulness.groups) {
        std::vector<int> states = group.ranking();
        states.resize(static_cast<std::size_t>(keep));
        std::sort(states.begin(), states.end());
        kept.push_back(states);
    }
    return kept;
}

Pruning pruned(const Model &model, std::vector<PruningTarget> targets, const Dataset &data,
               const std::string &device) {
    std::sort(targets.begin(), targets.end(),
              [](const PruningTarget &one, const PruningTarget &other) { return one.layer < other.layer; });
    check(model, targets);
    Pruning result{model, {}};
    for (const PruningTarget &target : targets) {
        const analysis::LayerUsefulness usefulness =
            of_layer(analysis::state_usefulness(result.model, data, device), target.layer);
        const KeptStates kept = most_useful(usefulness, target.keep);
        result.model = with_states(result.model, target.layer, kept);
        result.layers.push_back({usefulness, kept});
    }
    return result;
}

}  // namespace fsd
