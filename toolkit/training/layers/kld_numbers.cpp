// Raw parameters and what follows from them, in float64.
#include "toolkit/training/layers/kld_numbers.h"

#include "runtime/layers/layer_kind.h"

#include <algorithm>
#include <cmath>

namespace fsd::training {
namespace {

// Of theta at the beginning. Near uniform filters make near uniform posteriors, and from layer to layer less
// is left of what tells images apart: after three layers next to nothing, and training has to wait until the
// filters have grown (docs/depth.md). So hidden layers of deep networks begin with filters by which the
// evidence of a state, a sum over the layer's variables, differs by some nats. Posteriors of S states differ
// by about 1 / S.
constexpr double near_uniform = 0.1, spread = 0.75;
constexpr int fewest_states = 16;      // what pixels differ by is as little
constexpr std::ptrdiff_t shallow = 4;  // KLD layers; as many do without

const float *floats(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

// logits - LSE over the middle one of three axes.
Tensor log_normalized(const Tensor &logits, const Shape &axes, const Shape &shape) {
    Tensor out = make_tensor<float>(shape);
    const int states = axes[1], inner = axes[2];
    for (int o = 0; o < axes[0]; o++) {
        for (int i = 0; i < inner; i++) {
            const std::size_t start = std::size_t(o) * states * inner + i;
            double peak = -HUGE_VAL, mass = 0;
            for (int s = 0; s < states; s++) {
                peak = std::max<double>(peak, floats(logits)[start + std::size_t(s) * inner]);
            }
            for (int s = 0; s < states; s++) {
                mass += std::exp(floats(logits)[start + std::size_t(s) * inner] - peak);
            }
            for (int s = 0; s < states; s++) {
                const std::size_t at = start + std::size_t(s) * inner;
                static_cast<float *>(out.data())[at] =
                    static_cast<float>(floats(logits)[at] - peak - std::log(mass));
            }
        }
    }
    return out;
}

bool is_kld(const Layer &layer) {
    return layer_kind(layer.op).gives_evidence_of_distributions;
}

double initial_deviation(const LayerSite &site, const Shape &theta) {
    const std::vector<Layer> &layers = site.description.layers;
    const bool deep = std::count_if(layers.begin(), layers.end(), is_kld) > shallow;
    const bool hidden = std::any_of(layers.begin() + std::ptrdiff_t(site.index) + 1, layers.end(), is_kld);
    const int variables = theta[0], states = theta[1];
    return deep && hidden ? spread * std::sqrt(double(std::max(states, fewest_states)) / variables)
                          : near_uniform;
}

}  // namespace

Extents KldShapes::extents(bool whole_map) const {
    return {{"window_y", filters[0]},
            {"window_x", filters[1]},
            {"input", (whole_map ? filters[0] * filters[1] : 1) * filters[2] * filters[3]},
            {"output", outputs},
            {"group", prior[0]},
            {"state", prior[1]}};
}

KldShapes kld_shapes(const LayerSite &site) {
    const std::vector<TensorRule> &tensors = layer_kind(site.layer().op).tensors;
    KldShapes shapes;
    shapes.filters = tensors[0].shape(site.layer(), site.input.shape);
    shapes.prior = tensors[1].shape(site.layer(), site.input.shape);
    shapes.outputs = shapes.prior[0] * shapes.prior[1];
    shapes.theta = {shapes.filters[0] * shapes.filters[1] * shapes.filters[2], shapes.filters[3],
                    shapes.outputs};
    return shapes;
}

// Only theta is drawn: with equal filters all states of a group would stay equal. Its decay leads to uniform
// distributions.
std::vector<RawParameter> kld_parameters(const LayerSite &site) {
    const KldShapes shapes = kld_shapes(site);
    return {{"theta", shapes.theta, normal(initial_deviation(site, shapes.theta)), true},
            {"prior_logits", shapes.prior},
            {"log_observations", {1}}};
}

std::map<std::string, Tensor> kld_tensors(const LayerSite &site, const LayerNumbers &numbers) {
    const KldShapes shapes = kld_shapes(site);
    Tensor observations = make_tensor<float>({1});
    *static_cast<float *>(observations.data()) =
        static_cast<float>(std::exp(static_cast<double>(*floats(numbers.values.at("log_observations")))));
    return {{"log_likelihood", log_normalized(numbers.values.at("theta"), shapes.theta, shapes.filters)},
            {"log_prior", log_normalized(numbers.values.at("prior_logits"),
                                         {shapes.prior[0], shapes.prior[1], 1}, shapes.prior)},
            {"observations", observations}};
}

std::map<std::string, Tensor> kld_from_tensors(const std::map<std::string, Tensor> &tensors) {
    Tensor log_observations = make_tensor<float>({1});
    *static_cast<float *>(log_observations.data()) =
        static_cast<float>(std::log(static_cast<double>(*floats(tensors.at("observations")))));
    return {{"theta", tensors.at("log_likelihood")},
            {"prior_logits", tensors.at("log_prior")},
            {"log_observations", log_observations}};
}

}  // namespace fsd::training
