// Images per second of a whole network at batch 1, 64 and 1024, chained and compiled: checked, then timed.
#include "bench/options.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "toolkit/networks/shared_library.h"
#include "toolkit/npy/close_numbers.h"
#include "toolkit/profiling/machine_peak.h"
#include "toolkit/profiling/random_inputs.h"
#include "toolkit/profiling/stopwatch.h"
#include "toolkit/system/work_folder.h"

#include "compiled_mnist.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>

using namespace fsd;

namespace {

// Multiplications and additions of the KLD layers per image, two states per color counted as two numbers; the
// first layer is counted in log-odds form (one number per color) where it runs so.
double operations_per_image(const Model &model) {
    const std::vector<Shape> shapes = activation_shapes(model);
    double sum = 0;
    for (std::size_t i = 0; i < model.layers.size(); i++) {
        const Layer &layer = model.layers[i];
        if (layer.name.empty()) {
            continue;
        }
        const Shape filters = shape_of(model.tensor(layer.name + ".log_likelihood"));
        const bool log_odds = i == 0 && layer.op == "kld_conv" && layer.attribute("padding_y") == 0 &&
                              layer.attribute("padding_x") == 0;
        const double products = static_cast<double>(element_count(filters)) / (log_odds ? filters[3] : 1);
        sum += 2 * products * shapes[i + 1][0] * shapes[i + 1][1];
    }
    return sum;
}

// What a call must read and write: images, log-posteriors and, once per call, the parameters.
double bytes_per_image(const Model &model, int count) {
    double parameters = 0;
    for (const auto &[name, tensor] : model.tensors) {
        parameters += static_cast<double>(tensor.size_in_bytes());
    }
    const double pixels = static_cast<double>(model.input.height) * model.input.width * model.input.colors;
    return pixels + sizeof(float) * static_cast<double>(model.classes.size()) + parameters / count;
}

using Run = std::function<void(const Tensor &images, Tensor &log_posterior)>;

// Throws Error(check_failed) where two ways of running disagree by more than the log-posterior's rounding.
void check(const Model &model, const char *what, const Run &one, const Run &other) {
    const Tensor images = random_inputs(model.input, 3);
    Tensor found = make_tensor<float>({3, static_cast<int>(model.classes.size())});
    Tensor expected = make_tensor<float>({3, static_cast<int>(model.classes.size())});
    one(images, found);
    other(images, expected);
    try {
        need_close(found, expected, 1e-4, 1e-4);
    } catch (const Error &error) {
        throw Error(error.code(), text(what, " disagree. ", error.what()));
    }
}

void need_success(int status) {
    if (status != 0) {
        throw Error(ExitCode::check_failed, text("The compiled network returns ", status, "."));
    }
}

// The network as a static library (fsdnet compile), on one thread.
void run_compiled(const Tensor &images, Tensor &log_posterior) {
    need_success(compiled_mnist(static_cast<const uint8_t *>(images.data()), images.dim(3).extent(),
                                static_cast<float *>(log_posterior.data())));
}

// The network with the compiled one in the place of its kernels.
Network in_place(const Model &model) {
    const WorkFolder folder("fsdnet-bench");
    NetworkOptions options;
    options.compiled = folder.file("libcompiled_mnist.so");
    link_shared(FSDNET_BENCH_ARCHIVE, "compiled_mnist", options.compiled);
    return Network(model, options);
}

void time(benchmark::State &state, const Model &model, const Run &run, int threads) {
    const auto count = static_cast<int>(state.range(0));
    const Tensor images = random_inputs(model.input, count);
    Tensor log_posterior = make_tensor<float>({count, static_cast<int>(model.classes.size())});
    run(images, log_posterior);
    const Stopwatch watch(threads == 1 ? Stopwatch::of_thread : Stopwatch::of_world);
    for (auto _ : state) {
        run(images, log_posterior);
    }
    const double per_image = watch.seconds() / (static_cast<double>(state.iterations()) * count);
    state.counters["images/s"] = 1 / per_image;
    state.counters["us/image"] = 1e6 * per_image;
    const double rate = operations_per_image(model) / per_image;
    state.counters["GFLOP/s"] = 1e-9 * rate;
    state.counters["GB/s"] = 1e-9 * bytes_per_image(model, count) / per_image;
    state.counters["of_fma_peak"] = rate / peak_operations(threads);
}

void add_benchmark(const char *name, const Model &model, const Run &run, int threads) {
    auto *entry = benchmark::RegisterBenchmark(
        name, [&model, run, threads](benchmark::State &state) { time(state, model, run, threads); });
    entry->Arg(1)->Arg(64)->Arg(1024)->ArgName("batch");
    if (threads > 1) {
        entry->UseRealTime();
    }
}

struct Buffers {
    Tensor evidence, mask;
    std::vector<float> novelty = std::vector<float>(1024), p_value = std::vector<float>(1024);
};

int run(int count, char **arguments) {
    const bench::Options options = bench::read_options(count, arguments);
    const Model model = load_model(FSDNET_BENCH_MODEL);
    Network network(model);
    Buffers buffers{make_tensor<float>({1024, network.evidence_size()}),
                    make_tensor<uint8_t>({1024, model.input.height, model.input.width, 1})};
    std::memset(buffers.mask.data(), 1, buffers.mask.size_in_bytes());
    const Run chained = [&](const Tensor &images, Tensor &log_posterior) {
        network.run(images, log_posterior);
    };
    NetworkOptions separately;
    separately.fuse = false;
    Network separate(model, separately);
    check(model, "Fused and separate kernels", chained,
          [&](const Tensor &images, Tensor &log_posterior) { separate.run(images, log_posterior); });
    check(model, "Compiled and chained network", run_compiled, chained);
    Network compiled = in_place(model);
    const Run chained_compiled = [&](const Tensor &images, Tensor &log_posterior) {
        compiled.run(images, log_posterior);
    };
    check(model, "The network with and without a compiled library", chained_compiled, chained);

    // With the evidence of all layers, and with a mask; views of buffers that are large enough for any batch.
    const Run with_evidence = [&](const Tensor &images, Tensor &log_posterior) {
        Tensor evidence = buffers.evidence.cropped(1, 0, images.dim(3).extent());
        network.run({images, log_posterior, nullptr, &evidence});
    };
    const Run masked = [&](const Tensor &images, Tensor &log_posterior) {
        const Tensor mask = buffers.mask.cropped(3, 0, images.dim(3).extent());
        network.run({images, log_posterior, &mask});
    };
    check(model, "The network with and without evidence", with_evidence, chained);
    check(model, "The network with and without a mask", masked, chained);

    const Run judged_compiled = [&](const Tensor &images, Tensor &log_posterior) {
        need_success(compiled_mnist_judge(static_cast<const uint8_t *>(images.data()), images.dim(3).extent(),
                                          static_cast<float *>(log_posterior.data()), buffers.novelty.data(),
                                          buffers.p_value.data()));
    };
    const Run masked_compiled = [&](const Tensor &images, Tensor &log_posterior) {
        need_success(compiled_mnist_masked(
            static_cast<const uint8_t *>(images.data()), static_cast<const uint8_t *>(buffers.mask.data()), 1,
            images.dim(3).extent(), static_cast<float *>(log_posterior.data())));
    };
    check(model, "The compiled network with and without a judgement", judged_compiled, chained);
    check(model, "The compiled network with and without a mask", masked_compiled, chained);

    add_benchmark("network/mnist", model, chained, options.threads);
    add_benchmark("network/mnist/evidence", model, with_evidence, options.threads);
    add_benchmark("network/mnist/masked", model, masked, options.threads);
    add_benchmark("network/mnist/in_place", model, chained_compiled, options.threads);
    if (options.threads == 1) {
        add_benchmark("network/mnist/compiled", model, run_compiled, 1);
        add_benchmark("network/mnist/compiled/judged", model, judged_compiled, 1);
        add_benchmark("network/mnist/compiled/masked", model, masked_compiled, 1);
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

}  // namespace

int main(int count, char **arguments) {
    try {
        return run(count, arguments);
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.code());
    }
}
