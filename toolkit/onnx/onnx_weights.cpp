// Folds n into the weights and transposes them to ONNX's order. Products are rounded once.
#include "toolkit/onnx/onnx_weights.h"

namespace fsd {

OnnxWeights onnx_weights(const KldParameters &parameters, double scale) {
    const auto *log_likelihood = static_cast<const float *>(parameters.log_likelihood.data());
    const auto *log_prior = static_cast<const float *>(parameters.log_prior.data());
    const Shape shape = shape_of(parameters.log_likelihood);
    const int window = shape[0] * shape[1], channels = shape[2] * shape[3], outputs = shape[4];
    const double factor = scale * parameters.observations;

    OnnxWeights weights{{outputs, channels, shape[0], shape[1]}, {}, {log_prior, log_prior + outputs}};
    weights.filters.reserve(parameters.log_likelihood.number_of_elements());
    for (int output = 0; output < outputs; output++) {
        for (int channel = 0; channel < channels; channel++) {
            for (int position = 0; position < window; position++) {
                const std::size_t row = static_cast<std::size_t>(position) * channels + channel;
                weights.filters.push_back(
                    static_cast<float>(factor * log_likelihood[row * outputs + output]));
            }
        }
    }
    return weights;
}

}  // namespace fsd
