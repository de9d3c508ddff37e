// Tables of all sites in one pass over the data, then sums in float64.
#include "toolkit/analysis/features/state_usefulness.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "toolkit/analysis/class_means.h"
#include "toolkit/analysis/features/posteriors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace fsd::analysis {
namespace {

double information_term(double joint, double product) {
    return joint > 0 ? joint * std::log(joint / product) : 0;
}

StateUsefulness usefulness_of_row(const Joint &joint, Eigen::Index row) {
    StateUsefulness found;
    found.probability = joint.rows[row];
    const double others = 1 - found.probability;
    double complement = 0;
    for (Eigen::Index y = 0; y < joint.columns.size(); y++) {
        const double class_probability = joint.columns[y], own = joint.probability(row, y);
        found.contribution += information_term(own, found.probability * class_probability);
        complement += information_term(class_probability - own, others * class_probability);
    }
    // Both are divergences, which rounding can leave at -1e-17.
    found.contribution = std::max(found.contribution, 0.);
    found.indicator = found.contribution + (joint.rows.size() > 1 ? std::max(complement, 0.) : 0);
    return found;
}

// Expected counts [class, y x group x state], batch by batch.
class ClassCounts {
public:
    ClassCounts(const ActivationType &type, const std::vector<int> &labels, int classes)
        : type_(type), labels_(labels), counts_(Matrix::Zero(classes, element_count(type.shape))) {}

    void add(const Tensor &activation) {
        const auto samples = static_cast<int>(activation.number_of_elements() / element_count(type_.shape));
        const Tensor batch = reshaped(activation, {samples, static_cast<int>(element_count(type_.shape))});
        const std::optional<Tensor> posteriors = posteriors_of(batch, type_);
        if (!posteriors) {
            throw Error(ExitCode::internal, "A posterior does not sum to 1 over its states.");
        }
        const auto first = labels_.begin() + next_;
        const MeansByClass means =
            class_means(*posteriors, {first, first + samples}, static_cast<int>(counts_.rows()));
        counts_ += means.count.asDiagonal() * means.mean;
        next_ += samples;
    }

    LayerUsefulness usefulness(std::size_t layer) const {
        const int groups = type_.shape[2], states = type_.shape[3], sites = type_.shape[0] * type_.shape[1];
        LayerUsefulness found{layer, sites, std::vector<GroupUsefulness>(groups)};
        for (int variable = 0; variable < sites * groups; variable++) {
            GroupUsefulness &group = found.groups[variable % groups];
            group.states.resize(states);
            const auto one =
                usefulness_of_table(counts_.middleCols(Eigen::Index(variable) * states, states).transpose());
            for (int state = 0; state < states; state++) {
                group.states[state].probability += one[state].probability / sites;
                group.states[state].contribution += one[state].contribution / sites;
                group.states[state].indicator += one[state].indicator / sites;
                group.information += one[state].contribution / sites;
            }
        }
        return found;
    }

private:
    const ActivationType type_;
    const std::vector<int> &labels_;
    Matrix counts_;
    std::ptrdiff_t next_ = 0;
};

}  // namespace

std::vector<StateUsefulness> usefulness_of_table(const Matrix &counts) {
    const Joint joint = joint_of_counts(counts, "The table of states and classes");
    std::vector<StateUsefulness> found(static_cast<std::size_t>(counts.rows()));
    for (Eigen::Index row = 0; row < joint.rows.size(); row++) {
        found[joint.row_numbers[row]] = usefulness_of_row(joint, row);
    }
    return found;
}

std::vector<int> GroupUsefulness::ranking() const {
    std::vector<int> order(states.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int one, int other) { return states[one].indicator > states[other].indicator; });
    return order;
}

double LayerUsefulness::information() const {
    const double sum =
        std::accumulate(groups.begin(), groups.end(), 0.,
                        [](double all, const GroupUsefulness &group) { return all + group.information; });
    return sum / static_cast<double>(groups.size());
}

std::vector<LayerUsefulness> state_usefulness(const Model &model, const Dataset &data,
                                              const std::string &device) {
    need_classes(data);
    const std::vector<ActivationType> types = activations(model);
    std::map<std::size_t, ClassCounts> counts;  // by the layer that gives the posterior
    for (std::size_t layer = 1; layer < model.layers.size(); layer++) {
        if (layer_kind(model.layers[layer].op).gives_posterior &&
            layer_kind(model.layers[layer - 1].op).gives_evidence_of_distributions) {
            counts.emplace(
                layer, ClassCounts(types[layer + 1], data.labels, static_cast<int>(model.classes.size())));
        }
    }
    if (counts.empty()) {
        throw Error(ExitCode::unsupported,
                    "No layer of the network gives a posterior over states; usefulness is that of the states "
                    "behind kld_conv and kld_linear. 'fsdnet analyze features' takes any layer.");
    }
    NetworkOptions options;
    options.device = device;
    options.fuse = false;
    Network network(model, options);
    Tensor end = make_tensor<float>({data.count(), result_size(model)});
    network.run(data.inputs(), end, [&](std::size_t layer, const Tensor &activation) {
        const auto found = counts.find(layer);
        if (found != counts.end()) {
            found->second.add(activation);
        }
    });
    std::vector<LayerUsefulness> all;
    for (const auto &[layer, own] : counts) {
        all.push_back(own.usefulness(layer - 1));
    }
    return all;
}

}  // namespace fsd::analysis
