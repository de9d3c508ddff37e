// Class by class.
#include "experiments/gaussian_digits.h"

#include "experiments/training.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/samples.h"

#include <algorithm>

namespace fsd::experiments {

std::vector<analysis::Moments> class_moments(const Tensor &samples, const std::vector<int> &labels,
                                             int classes) {
    std::vector<analysis::Moments> moments;
    moments.reserve(static_cast<std::size_t>(classes));
    for (int label = 0; label < classes; label++) {
        moments.push_back(analysis::sample_moments(analysis::samples_of_class(samples, labels, label)));
    }
    return moments;
}

Dataset gaussian_classes(const std::vector<analysis::Moments> &classes, int each, std::uint64_t seed) {
    const auto units = static_cast<int>(classes.at(0).units()), count = static_cast<int>(classes.size());
    Dataset data;
    data.features = make_tensor<float>({each * count, 1, 1, units});
    data.source = "Gaussian classes";
    auto *next = static_cast<float *>(data.features.data());
    for (int label = 0; label < count; label++) {
        const Tensor drawn =
            analysis::gaussian_samples(classes[static_cast<std::size_t>(label)], each, seed + label);
        const auto *values = static_cast<const float *>(drawn.data());
        next = std::copy(values, values + drawn.number_of_elements(), next);
        data.labels.insert(data.labels.end(), static_cast<std::size_t>(each), label);
        data.classes.push_back(std::to_string(label));
    }
    return data;
}

Dataset as_numbers(const Dataset &images) {
    Dataset data = images;
    data.images = {};
    data.features = as_vectors(images.images);
    Tensor numbers = make_tensor<float>(shape_of(data.features));
    const auto *bytes = static_cast<const std::uint8_t *>(data.features.data());
    std::transform(bytes, bytes + numbers.number_of_elements(), static_cast<float *>(numbers.data()),
                   [](std::uint8_t byte) { return static_cast<float>(byte / 255.); });
    data.features = numbers;
    return data;
}

}  // namespace fsd::experiments
