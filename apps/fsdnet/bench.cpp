// `fsdnet bench`: how long a network takes, where the time goes, and what the machine could do.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/profile_report.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/printable_text.h"
#include "runtime/threads.h"
#include "toolkit/networks/shared_library.h"
#include "toolkit/profiling/profile_json.h"
#include "toolkit/profiling/profile_page.h"
#include "toolkit/profiling/random_inputs.h"
#include "toolkit/system/json_document.h"

#include <functional>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Bench {
    std::string file, model;
    ExpectedResult wanted;
    std::string compiled, function;
    std::string trace, page;
    double seconds = 1;
    int batch = 64;
    bool layers = false;
    bool json = false;
    std::string device = "cpu";
};

Tensor inputs_to_time(const Bench &options, const Model &model) {
    return options.wanted.input.empty() ? random_inputs(model.input, options.batch)
                                        : inputs_from(options.wanted.input);
}

struct Timed {
    NetworkProfile network;
    std::unique_ptr<CompiledLibrary> library;
    std::vector<Times>
        in_turns;  // where there is a library: of the network on as many threads, and of the library
};

// Runs the network; `inputs` and `result` stay as long as what is returned.
std::function<void()> runner_of(const StoredNetwork &network, const NetworkOptions &options,
                                const Tensor &inputs, Tensor &result) {
    if (network.quantized) {
        return [&] { log_posteriors(network, inputs, "cpu"); };
    }
    const auto chain = std::make_shared<Network>(network.model, options);
    return [chain, &inputs, &result] { chain->run(inputs, result); };
}

// A quantized network is evaluated in portable integers; its kernels are those of compiled libraries.
NetworkProfile profile_of(const StoredNetwork &network, const ProfileOptions &options, const Tensor &inputs) {
    if (!network.quantized) {
        return profile(network.model, options, inputs);
    }
    NetworkProfile found;
    found.device = "cpu";
    found.batch = options.network.batch;
    found.threads = threads();
    Tensor unused;
    found.seconds = times_of(options.seconds, runner_of(network, options.network, inputs, unused));
    return found;
}

Timed time(const Bench &options, const StoredNetwork &network) {
    Timed timed;
    ProfileOptions profiling;
    profiling.network.device = device_to_use(options.device);
    const Tensor inputs = inputs_to_time(options, network.model);
    const Tensor result =
        log_posteriors(network, inputs, profiling.network.device);  // refuses what does not fit
    need_expected(result, options.wanted);
    profiling.network.batch = result.dim(1).extent();
    profiling.seconds = options.seconds;
    profiling.kernels = options.layers || options.json || !options.trace.empty() || !options.page.empty();
    if (!options.compiled.empty()) {
        timed.library = std::make_unique<CompiledLibrary>(open_library(options.compiled, options.function));
        need_same_result(*timed.library, inputs, result);
    }
    timed.network = profile_of(network, profiling, inputs);
    if (timed.library) {
        Tensor written = make_tensor<float>(shape_of(result));
        timed.in_turns =
            times_in_turns(options.seconds, {runner_of(network, profiling.network, inputs, written),
                                             [&] { timed.library->run(inputs, written); }});
    }
    return timed;
}

void print(const Bench &options, const std::string &path, const Timed &timed) {
    if (options.json) {
        nlohmann::ordered_json json = json_of(timed.network);
        json["model"] = path;
        if (timed.library) {
            json["compiled"] = {{"library", options.compiled},
                                {"function", timed.library->function()},
                                {"microseconds", json_of(timed.in_turns[1])},
                                {"network_microseconds_in_turns", json_of(timed.in_turns[0])}};
        }
        print_json(json);
        return;
    }
    std::cout << printable_text(path) << " on " << timed.network.device
              << ", threads: " << timed.network.threads << '\n';
    print_times(std::cout, "network ", timed.network.seconds, timed.network.batch);
    if (timed.library) {
        print_times(std::cout, "in turns", timed.in_turns[0], timed.network.batch);
        print_times(std::cout, "compiled", timed.in_turns[1], timed.network.batch);
    }
    if (options.layers && !timed.network.kernels.empty()) {
        print_kernels(std::cout, timed.network);
    } else if (options.layers) {
        note("Kernels are timed one by one on the CPU only, and not of quantized networks.");
    }
}

void run(const Bench &options) {
    const std::string path = chosen_model(options.file, options.model);
    prepare_outputs(
        with_expected_result({{"the model", path}, {"--compiled", options.compiled}}, options.wanted),
        {{"--trace", options.trace, {".json"}}, {"--report", options.page, {".html", ".htm"}}}, options.json);
    const Timed timed = time(options, load_network(path));
    if (!options.trace.empty()) {
        write_file(options.trace, json_document(trace_of(timed.network)) + "\n");
    }
    if (!options.page.empty()) {
        write_file(options.page, page_of(timed.network, "fsdnet bench " + path));
    }
    print(options, path, timed);
}

void add_comparison(CLI::App &verb, Bench &options) {
    add_expected_result(verb, options.wanted, "Inputs in place of random ones; all of them are one batch");
    verb.add_option(
            "--compiled", options.compiled,
            "A library that 'fsdnet compile' made of this model (.a, linked by cc, or .so): checked, then "
            "timed on one thread. It is code that runs here")
        ->type_name("FILE");
    verb.add_option("--function", options.function, "Its function in C, where the file is not called so")
        ->needs("--compiled");
}

}  // namespace

void add_bench(CLI::App &program) {
    const auto options = std::make_shared<Bench>();
    CLI::App &verb = add_verb(program, "bench", "Time a network, and say where the time goes",
                              "fsdnet bench digits.safetensors --layers --report digits.html");
    verb.add_option("file", options->file, "The model")->type_name("MODEL");
    add_model_option(verb, options->model);
    add_number_with_default(verb, "--batch", options->batch, between(1, 65536), "Samples at a time");
    add_number_with_default(verb, "--seconds", options->seconds, between(0.001, 3600.),
                            "For how long each measurement repeats");
    verb.add_flag("--layers", options->layers,
                  "Each kernel: time, share, rates, shares of the measured peak");
    verb.add_option("--trace", options->trace,
                    "Write the kernels as a trace for chrome://tracing or Perfetto")
        ->type_name("FILE.json");
    verb.add_option("--report", options->page, "Write all of it as one page")->type_name("FILE.html");
    add_comparison(verb, *options);
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
