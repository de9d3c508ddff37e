// From distributions to weights: by nodes, or beforehand.
#include "toolkit/onnx/layers/kld.h"

#include "runtime/layers/kld_parameters.h"

#include <cmath>

namespace fsd {
namespace {

constexpr int onnx_float = 1, onnx_double = 11;  // the types' numbers in ONNX
constexpr double least_log_likelihood = -87;     // as which smaller ones count (docs/formats.md)

// Computes with constants only, which runtimes do once.
class KldNodes {
public:
    KldNodes(OnnxChain &chain, const OnnxPlace &place)
        : graph_(chain.graph),
          place_(place),
          window_(shape_of(place.stored("log_likelihood"))),
          prior_(shape_of(place.stored("log_prior"))) {}

    OnnxAffineValues add(bool as_matrix) {
        std::string weight =
            stored("log_likelihood", {window_[0], window_[1], window_[2], window_[3], prior_[0], prior_[1]});
        std::string bias = stored("log_prior", prior_);
        const std::string observations = stored("observations", {1});
        if (count_of_raised(place_.model, place_.layer()) > 0) {
            weight = graph_.node("Max", {weight, graph_.precise_number("least", least_log_likelihood)});
        }
        take_reference(weight, bias);
        if (place_.form.reads_success_probability) {
            take_odds(weight, bias, observations);
        }
        weight = graph_.node("Mul", {weight, observations});
        if (place_.unit != 1) {
            weight = graph_.node("Mul", {weight, graph_.precise_number("unit", place_.unit)});
        }
        return in_order(weight, bias, as_matrix);
    }

private:
    std::string stored(const std::string &role, const Shape &shape) {
        const Tensor &tensor = place_.stored(role);
        const auto *numbers = static_cast<const float *>(tensor.data());
        const std::string constant = graph_.numbers(place_.layer().name + "." + role, shape,
                                                    {numbers, numbers + tensor.number_of_elements()});
        return graph_.node("Cast", {constant}, {{"to", onnx_double}});
    }

    // Against a uniform background in front of what wants a likelihood ratio; minus the mean over the states
    // where a constant does not matter.
    void take_reference(std::string &weight, std::string &bias) {
        const std::vector<Layer> &layers = place_.model.layers;
        const bool ratio = place_.index + 1 < layers.size() &&
                           layer_kind(layers[place_.index + 1].op).wants_likelihood_ratio;
        if (ratio) {
            weight = graph_.node("Add", {weight, graph_.precise_number("background", std::log(window_[3]))});
            bias = graph_.node("Add", {bias, graph_.precise_number("background", std::log(prior_[1]))});
        } else if (place_.form.up_to_constant) {
            weight = graph_.node("Sub", {weight, graph_.node("ReduceMean", {weight}, {{"axes", {5}}})});
            bias = graph_.node("Sub", {bias, graph_.node("ReduceMean", {bias}, {{"axes", {1}}})});
        }
    }

    // P(1) alone is read: log q1 - log q0, and the bias takes what log q0 gives at every site.
    void take_odds(std::string &weight, std::string &bias, const std::string &observations) {
        const auto state = [&](int64_t index) {
            return graph_.node("Gather", {weight, graph_.integers("state", {}, {index})}, {{"axis", 3}});
        };
        const std::string absent = state(0), present = state(1);
        const std::string everywhere =
            graph_.node("ReduceSum", {absent, graph_.integers("axes", {0, 1, 2})}, {{"keepdims", 0}});
        weight = graph_.node("Sub", {present, absent});
        bias = graph_.node("Add", {bias, graph_.node("Mul", {everywhere, observations})});
    }

    OnnxAffineValues in_order(const std::string &weight, const std::string &bias, bool as_matrix) {
        const bool odds = place_.form.reads_success_probability;
        const int outputs = prior_[0] * prior_[1], channels = window_[2] * (odds ? 1 : window_[3]);
        const std::string ordered = odds ? graph_.node("Transpose", {weight}, {{"perm", {3, 4, 2, 0, 1}}})
                                         : graph_.node("Transpose", {weight}, {{"perm", {4, 5, 2, 3, 0, 1}}});
        const std::vector<int64_t> matrix = {outputs, int64_t(channels) * window_[0] * window_[1]},
                                   filters = {outputs, channels, window_[0], window_[1]};
        return {{outputs, channels, window_[0], window_[1]},
                rounded(ordered, as_matrix ? matrix : filters),
                rounded(bias, {outputs})};
    }

    std::string rounded(const std::string &value, const std::vector<int64_t> &axes) {
        const std::string shaped = graph_.node("Reshape", {value, graph_.integers("shape", axes)});
        return graph_.node("Cast", {shaped}, {{"to", onnx_float}});
    }

    OnnxGraph &graph_;
    const OnnxPlace &place_;
    Shape window_, prior_;
};

}  // namespace

OnnxAffineValues add_kld(OnnxChain &chain, const OnnxPlace &place, bool as_matrix) {
    if (place.weights == OnnxWeights::distributions) {
        return KldNodes(chain, place).add(as_matrix);
    }
    const KldParameters parameters = kld_parameters(place.model, place.index, place.form);
    const Shape window = shape_of(parameters.log_likelihood);
    return add_constants(chain, place.layer(),
                         onnx_affine(parameters.log_likelihood, parameters.log_prior, window[0], window[1],
                                     place.unit * parameters.observations),
                         "filters", as_matrix);
}

}  // namespace fsd
