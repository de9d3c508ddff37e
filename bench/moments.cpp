// bench_moments: what moments take, seconds of one thread as JSON; bench/rivals/moments.py runs it beside
// NumPy.
#include "bench/best_time.h"
#include "runtime/threads.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/nonlinearities.h"
#include "toolkit/analysis/moments/propagation.h"
#include "toolkit/analysis/moments/samples.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <random>
#include <string>

using namespace fsd;
using fsd::bench::best_time;
using namespace fsd::analysis;

namespace {

Tensor drawn(const Shape &shape, double scale) {
    Tensor tensor = make_tensor<float>(shape);
    std::mt19937 random(1);
    std::normal_distribution<double> normal(0, scale);
    std::generate_n(static_cast<float *>(tensor.data()), tensor.number_of_elements(),
                    [&] { return static_cast<float>(normal(random)); });
    return tensor;
}

Moments moments_of(int units) {
    return sample_moments(drawn({2 * units, units}, 1));
}

Model network() {
    Model model;
    model.input = {1, 1, 784, InputKind::vector, {1}, {0}};
    int inputs = 784;
    for (const int channels : {100, 100, 100, 10}) {
        const std::string name = "layer" + std::to_string(model.layers.size());
        model.layers.push_back({"linear", name, {{"channels", channels}}});
        model.tensors.emplace(name + ".weight", drawn({inputs, channels}, 1 / std::sqrt(inputs)));
        model.tensors.emplace(name + ".bias", drawn({channels}, 0.1));
        inputs = channels;
        if (channels > 10) {
            model.layers.push_back({"relu", "", {}});
        }
    }
    return model;
}

}  // namespace

int main() {
    set_threads(1);
    nlohmann::ordered_json seconds;
    for (const int units : {100, 1000}) {
        const Moments moments = moments_of(units);
        seconds["relu_covariance_" + std::to_string(units)] = best_time([&] { relu_moments(moments, 16); });
    }
    const Tensor samples = drawn({60000, 784}, 1);
    seconds["sample_covariance_60000x784"] = best_time([&] { sample_moments(samples); });
    const Model model = network();
    const Propagation propagation(model, 0);
    const Moments input = moments_of(784);
    seconds["propagate_784_100_100_100_10"] = best_time([&] { propagation.run(input); });
    std::cout << seconds.dump(2) << '\n';
}
