// Lays the parameters out and turns them into a model's distributions.
#include "toolkit/training/parameters.h"

#include "toolkit/training/random.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr std::size_t alignment = 64 / sizeof(float);
constexpr double initial_deviation = 0.1;

// Reserves `count` floats at the end of a vector of `size` floats; returns where they begin.
std::size_t reserve(std::size_t &size, std::size_t count) {
    const std::size_t start = size;
    size += (count + alignment - 1) / alignment * alignment;
    return start;
}

Tensor view(const Tensor &flat, std::size_t start, const Shape &shape) {
    auto *floats = static_cast<float *>(const_cast<void *>(flat.data()));
    return view_tensor(halide_type_of<float>(), floats + start, shape);
}

const float *floats(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

// logits - LSE over the middle one of three axes.
Tensor log_normalized(const Tensor &logits, int outer, int states, int inner, const Shape &shape) {
    Tensor out = make_tensor<float>(shape);
    for (int o = 0; o < outer; o++) {
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

}  // namespace

Parameters::Parameters(const std::vector<Block> &blocks) {
    std::size_t size = 0;
    for (const Block &block : blocks) {
        Place place;
        place.name = block.name;
        place.theta = {block.positions(), block.input[3], block.outputs()};
        place.filters = {block.window.height, block.window.width, block.input[2], block.input[3],
                         block.outputs()};
        place.prior = {block.posterior[2], block.posterior[3]};
        place.theta_at = reserve(size, element_count(place.theta));
        place.prior_at = reserve(size, element_count(place.prior));
        place.observations_at = reserve(size, 1);
        places_.push_back(place);
    }
    for (Tensor *flat : {&values, &gradient, &moment1, &moment2}) {
        *flat = make_tensor<float>({static_cast<int>(size)});
    }
}

Parameters::Part Parameters::part(const Tensor &flat, std::size_t layer) const {
    const Place &place = places_[layer];
    return {view(flat, place.theta_at, place.theta), view(flat, place.prior_at, place.prior),
            view(flat, place.observations_at, {1})};
}

void Parameters::initialize(std::uint64_t seed) {
    for (Tensor *flat : {&values, &gradient, &moment1, &moment2}) {
        std::memset(flat->data(), 0, flat->size_in_bytes());
    }
    for (std::size_t layer = 0; layer < layers(); layer++) {
        const Random random(seed, Stream::parameters, layer);
        Tensor theta = part(values, layer).theta;
        auto *logits = static_cast<float *>(theta.data());
        for (std::size_t i = 0; i < theta.number_of_elements(); i++) {
            logits[i] = static_cast<float>(initial_deviation * random.normal(i));
        }
    }
}

Model Parameters::model(const Model &description) const {
    Model out = description;
    for (std::size_t layer = 0; layer < layers(); layer++) {
        const Place &place = places_[layer];
        const Part part = this->part(values, layer);
        out.tensors[place.name + ".log_likelihood"] =
            log_normalized(part.theta, place.theta[0], place.theta[1], place.theta[2], place.filters);
        out.tensors[place.name + ".log_prior"] =
            log_normalized(part.prior_logits, place.prior[0], place.prior[1], 1, place.prior);
        Tensor observations = make_tensor<float>({1});
        *static_cast<float *>(observations.data()) =
            static_cast<float>(std::exp(static_cast<double>(*floats(part.log_observations))));
        out.tensors[place.name + ".observations"] = observations;
    }
    return out;
}

}  // namespace fsd
