// The compiled 8-bit network beside the compiled float32 one, in turns: checked, then timed.
#include "bench/options.h"
#include "runtime/error.h"
#include "toolkit/profiling/stopwatch.h"
#include "toolkit/quantization/integer_network.h"

#include "compiled_mnist.h"
#include "compiled_mnist_8bit.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

using namespace fsd;

namespace {

constexpr int image_bytes = COMPILED_MNIST_HEIGHT * COMPILED_MNIST_WIDTH;
constexpr int classes = COMPILED_MNIST_CLASSES;
// Per turn, so that reading the clock is little beside them.
constexpr int images_per_turn = 256;

using CompiledNetwork = int (*)(const uint8_t *image, int batch, float *log_posterior);

Tensor random_images() {
    Tensor images = make_tensor<uint8_t>({images_per_turn, COMPILED_MNIST_HEIGHT, COMPILED_MNIST_WIDTH, 1});
    std::mt19937 random(1);
    auto *bytes = static_cast<uint8_t *>(images.data());
    std::generate_n(bytes, images.number_of_elements(), [&] { return static_cast<uint8_t>(random() >> 24); });
    return images;
}

// Images in batches.
std::vector<float> run(CompiledNetwork network, const Tensor &images, int batch) {
    std::vector<float> log_posterior(static_cast<std::size_t>(images_per_turn) * classes);
    const auto *bytes = static_cast<const uint8_t *>(images.data());
    for (int first = 0; first < images_per_turn; first += batch) {
        const int status = network(bytes + static_cast<std::size_t>(first) * image_bytes, batch,
                                   &log_posterior[static_cast<std::size_t>(first) * classes]);
        if (status != 0) {
            throw Error(ExitCode::check_failed, text("The compiled network returns ", status, "."));
        }
    }
    return log_posterior;
}

// An activation that float32 rounds otherwise than float64 moves the result by less than 0.05 nats; a wrong
// sum by more than this.
constexpr float most_difference = 0.2F;

void check(const Tensor &images) {
    const IntegerNetwork portable(load_quantized(FSDNET_BENCH_QUANTIZED));
    const Tensor expected = portable.log_posteriors(images);
    const std::vector<float> found = run(compiled_mnist_8bit, images, 1);
    const auto *numbers = static_cast<const float *>(expected.data());
    for (std::size_t i = 0; i < found.size(); i++) {
        if (!(std::fabs(found[i] - numbers[i]) <= most_difference)) {
            throw Error(ExitCode::check_failed,
                        text("The compiled 8-bit network and the portable evaluation disagree: "
                             "log-posterior ",
                             found[i], " and ", numbers[i], "."));
        }
    }
}

double seconds_of(CompiledNetwork network, const Tensor &images, int batch) {
    const Stopwatch watch(Stopwatch::of_thread);
    benchmark::DoNotOptimize(run(network, images, batch));
    return watch.seconds();
}

double median(std::vector<double> numbers) {
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

void time(benchmark::State &state, const Tensor &images) {
    const auto batch = static_cast<int>(state.range(0));
    std::vector<double> float32, integers, ratios;
    for (auto _ : state) {
        float32.push_back(seconds_of(compiled_mnist, images, batch));
        integers.push_back(seconds_of(compiled_mnist_8bit, images, batch));
        ratios.push_back(float32.back() / integers.back());
    }
    state.counters["float32_us/image"] = 1e6 * median(float32) / images_per_turn;
    state.counters["us/image"] = 1e6 * median(integers) / images_per_turn;
    state.counters["times_float32"] = median(ratios);
}

void run_all(int count, char **arguments) {
    bench::read_options(count, arguments);
    const Tensor images = random_images();
    check(images);
    benchmark::RegisterBenchmark("quantized/mnist/compiled",
                                 [&](benchmark::State &state) { time(state, images); })
        ->Arg(1)
        ->Arg(64)
        ->ArgName("batch");
    benchmark::RunSpecifiedBenchmarks();
}

}  // namespace

int main(int count, char **arguments) {
    try {
        run_all(count, arguments);
        return 0;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.code());
    }
}
