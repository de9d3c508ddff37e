// Trains the 16-32 network on few images until its posteriors are sure, and compares the speed of the last
// three epochs with that of the first: sure posteriors make denormal gradients (docs/numerics.md). JSON on
// the standard output.
#include "runtime/threads.h"
#include "toolkit/profiling/stopwatch.h"
#include "toolkit/training/description.h"
#include "toolkit/training/trainer.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <regex>
#include <string>
#include <vector>

using namespace fsd;

namespace {

constexpr int images_per_epoch = 1000, classes = 10, last_epochs = 3;

// Ten figures of random strokes, each with a little noise.
Dataset figures(const Input &input) {
    Dataset dataset;
    dataset.images = make_tensor<uint8_t>({images_per_epoch, input.height, input.width, input.colors});
    const std::size_t size = dataset.images.number_of_elements() / images_per_epoch;
    std::mt19937 random(1);
    std::vector<uint8_t> strokes(classes * size);
    std::generate(strokes.begin(), strokes.end(), [&] { return random() % 4 == 0 ? 255 : 0; });
    auto *byte = static_cast<uint8_t *>(dataset.images.data());
    for (int i = 0; i < images_per_epoch; i++) {
        dataset.labels.push_back(i % classes);
        for (std::size_t pixel = 0; pixel < size; pixel++) {
            const uint8_t ink = strokes[static_cast<std::size_t>(i % classes) * size + pixel];
            *byte++ = random() % 16 == 0 ? static_cast<uint8_t>(random() >> 24) : ink;
        }
    }
    for (int i = 0; i < classes; i++) {
        dataset.classes.push_back(std::to_string(i));
    }
    dataset.source = "figures drawn at random";
    return dataset;
}

double median(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

void run(const TrainingOptions &options) {
    set_threads(1);
    const Model description = read_description(FSDNET_BENCH_DESCRIPTION);
    const Dataset dataset = figures(description.input);
    Trainer trainer(description, dataset, options);
    std::vector<double> speeds;  // images per second of the processor
    while (!trainer.finished()) {
        const Stopwatch watch(Stopwatch::of_thread);
        for (int step = 0; step < trainer.steps_per_epoch(); step++) {
            trainer.run_step();
        }
        speeds.push_back(images_per_epoch / watch.seconds());
    }
    const double first = speeds.front(), last = median({speeds.end() - last_epochs, speeds.end()});
    std::printf(
        "{\"network\": \"mnist-16-32\", \"threads\": 1, \"images\": %d, \"epochs\": %d, \"rate\": %g,\n"
        " \"loss\": %.3g, \"images_per_second\": {\"first\": %.0f, \"last\": %.0f}, \"ratio\": %.3f}\n",
        images_per_epoch, options.epochs, options.rate, trainer.history().back().loss, first, last,
        last / first);
}

// --epochs=N, --rate=R; and --benchmark_filter=REGEX, which scripts/bench.sh gives to all benchmarks. False
// where that means others.
bool read_options(int count, char **arguments, TrainingOptions &options) {
    for (int i = 1; i < count; i++) {
        const std::string argument = arguments[i];
        const std::string name = argument.substr(0, argument.find('=')),
                          value = argument.size() > name.size() ? argument.substr(name.size() + 1) : "";
        if (name == "--epochs") {
            options.epochs = std::max(std::stoi(value), last_epochs);
        } else if (name == "--rate") {
            options.rate = std::stod(value);
        } else if (name == "--benchmark_filter" && !std::regex_search("saturation", std::regex(value))) {
            return false;
        }
    }
    return true;
}

}  // namespace

int main(int count, char **arguments) {
    TrainingOptions options;
    options.epochs = 20;
    options.rate = 0.1;
    try {
        if (read_options(count, arguments, options)) {
            run(options);
        }
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench_saturation: %s\n", error.what());
        return 3;
    }
    return 0;
}
