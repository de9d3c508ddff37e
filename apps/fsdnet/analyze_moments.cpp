// `fsdnet analyze moments`: means and covariances of activations, measured and propagated.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/moment_report.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/analysis/moments/given.h"
#include "toolkit/analysis/moments/measured.h"
#include "toolkit/analysis/moments/moment_plots.h"
#include "toolkit/npy/npy.h"
#include "toolkit/system/progress.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

using namespace analysis;
using Json = nlohmann::ordered_json;

struct AnalyzeMoments {
    std::string model;
    DataOptions data;
    std::string mean, covariance, activations;
    std::string result_mean, result_covariance;
    StudyOptions study;
    std::vector<double> noise;
    NoiseOptions noise_options;
    bool project = false;
    std::string picture;
    bool json = false;
};

void check_sources(const AnalyzeMoments &options) {
    const bool moments = !options.mean.empty();
    if (int(!options.data.path.empty()) + int(moments) + int(!options.activations.empty()) != 1) {
        throw Error(
            ExitCode::usage,
            "Say what the moments are of by one of --data, --activations, or --mean with --covariance.");
    }
    if (!options.noise.empty() && options.data.path.empty()) {
        throw Error(ExitCode::usage, "--noise predicts decisions on labeled inputs: give --data.");
    }
    if (moments && (options.study.order == 3 || !options.picture.empty())) {
        throw Error(ExitCode::usage, "--order 3 and --picture need samples: give --data or --activations.");
    }
    if (!moments && !(options.result_mean + options.result_covariance).empty()) {
        throw Error(ExitCode::usage,
                    "--out-mean and --out-covariance are for moments given by --mean and --covariance.");
    }
}

template<typename Numbers>
void write_numbers(const std::string &path, const Numbers &numbers) {
    if (!path.empty()) {
        write_file(path, npy_bytes(view(numbers), shape_of(view(numbers))));
    }
}

void propagate_given(const Model &model, const AnalyzeMoments &options) {
    const Moments given = read_moments(options.mean, options.covariance, options.project);
    const Propagation propagation(model, options.study.from, options.study.propagation);
    const std::vector<PassedLayer> passed = propagation.run(given);
    write_numbers(options.result_mean, passed.back().moments.mean);
    write_numbers(options.result_covariance, passed.back().moments.covariance);
    if (options.json) {
        Json all = json_of(model, passed);
        all["notes"] = propagation.neglects();
        print_json(all);
        return;
    }
    print_table(model, passed);
    for (const std::string &sentence : propagation.neglects()) {
        std::cout << sentence << '\n';
    }
}

void write_picture(const std::string &path, const Study &study) {
    if (!path.empty()) {
        std::vector<Plot> plots = scatter_plots(study);
        plots.push_back(depth_plot(study));
        save_picture(path, plots_picture(plots));
    }
}

void study_given_data(const Model &model, const AnalyzeMoments &options) {
    const Dataset data = noted_load(model, options.data);
    const Study study = study_data(model, data, options.study);
    std::vector<NoiseLevel> levels;
    if (!options.noise.empty()) {
        levels = noise_levels(model, data, options.noise, options.noise_options);
    }
    write_picture(options.picture, study);
    if (options.json) {
        Json all = json_of(study);
        all["data"] = data.source;
        all["order"] = options.study.order;
        if (!levels.empty()) {
            all["noise"] = json_of(levels);
        }
        print_json(all);
        return;
    }
    std::cout << printable_text(data.source) << '\n';
    print_table(study);
    print_table(levels);
}

void run(const AnalyzeMoments &options) {
    check_sources(options);
    prepare_outputs({{"--model", options.model},
                     {"--data", options.data.path},
                     {"--labels", options.data.labels},
                     {"--mean", options.mean},
                     {"--covariance", options.covariance},
                     {"--activations", options.activations}},
                    {{"--picture", options.picture, picture_endings},
                     {"--out-mean", options.result_mean},
                     {"--out-covariance", options.result_covariance}},
                    options.json);
    const Progress progress("follows the moments");
    const Model model = load_model(chosen_model(options.model));
    if (!options.mean.empty()) {
        return propagate_given(model, options);
    }
    if (!options.data.path.empty()) {
        return study_given_data(model, options);
    }
    const Study study = study_activations(model, read_activations(options.activations), options.study);
    write_picture(options.picture, study);
    options.json ? print_json(json_of(study)) : print_table(study);
}

void add_sources(CLI::App &verb, AnalyzeMoments &options) {
    verb.add_option("-d,--data", options.data.path,
                    "Labeled inputs: the moments of each class are measured and compared")
        ->type_name("PATH");
    add_labels_option(verb, options.data.labels);
    verb.add_option("--split", options.data.split, "Which part of the data")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number(verb, "--images", options.data.images, at_least(1), "Only the first N samples");
    auto *mean =
        verb.add_option("--mean", options.mean, "Moments instead: the mean, [n]")->type_name("FILE.npy");
    auto *covariance = verb.add_option("--covariance", options.covariance, "and the covariance, [n, n]")
                           ->type_name("FILE.npy");
    mean->needs(covariance);
    covariance->needs(mean);
    verb.add_flag("--project", options.project,
                  "Replace an indefinite --covariance by the nearest semidefinite one");
    verb.add_option("--activations", options.activations,
                    "Samples in front of --from-layer instead, [sample, number...]")
        ->type_name("FILE.npy");
}

void add_method(CLI::App &verb, AnalyzeMoments &options) {
    add_number_with_default(verb, "--from-layer", options.study.from, at_least<std::size_t>(0),
                            "The layer in front of which the numbers are taken as Gaussian");
    add_number_with_default(verb, "--order", options.study.order, between(2, 3),
                            "3: with third cumulants at the first nonlinearity");
    verb.add_flag("--diagonal", options.study.propagation.diagonal,
                  "Drop covariances between different units");
    add_number_with_default(verb, "--nodes", options.study.propagation.nodes, between(1, 64),
                            "Nodes of the quadrature over correlations");
    add_numbers(verb, "--noise", options.noise, at_least(0.0),
                "Predict accuracy and loss under input noise of these standard deviations");
    add_number_with_default(verb, "--noise-images", options.noise_options.images, at_least(1),
                            "For --noise: only the first N samples");
    add_number_with_default(verb, "--noise-samples", options.noise_options.samples, at_least(0),
                            "For --noise: noisy inputs that are run beside; 0: none");
}

}  // namespace

void add_analyze_moments(CLI::App &analyze) {
    auto options = std::make_shared<AnalyzeMoments>();
    CLI::App &verb =
        add_verb(analyze, "moments",
                 "Follow means and covariances through a network, and compare them with measured ones",
                 "fsdnet analyze moments net.safetensors --data ../shared/data/mnist --picture moments.png");
    verb.add_option("model,-m,--model", options->model, "The network")->required()->type_name("FILE");
    add_sources(verb, *options);
    add_method(verb, *options);
    verb.add_option("--out-mean", options->result_mean,
                    "Of moments given: write the mean behind the last layer")
        ->type_name("FILE.npy");
    verb.add_option("--out-covariance", options->result_covariance, "and the covariance")
        ->type_name("FILE.npy");
    verb.add_option("--picture", options->picture,
                    "Write predicted against measured moments, and errors by depth")
        ->type_name("FILE.png/.svg");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
