// experiments [--out FOLDER] [--data FOLDER] [name...]: runs experiments and writes their pages. Exit code 1
// where a criterion fails, else as of fsdnet.
#include "experiments/experiment.h"
#include "runtime/error.h"
#include "runtime/threads.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>

namespace {

using namespace fsd::experiments;
using Clock = std::chrono::steady_clock;

struct Options {
    std::string folder = "docs/experiments", data = "../shared/data";
    std::vector<std::string> names;
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// The number of criteria that fail.
std::size_t run(const Experiment &experiment, const Options &options) {
    const auto start = Clock::now();
    const auto progress = [&](const std::string &sentence) {
        std::cerr << '[' << experiment.name << ", " << fixed(seconds_since(start), 1) << " s] " << sentence
                  << '\n';
    };
    progress(experiment.title);
    Report report(options.folder, experiment.name, experiment.title);
    experiment.run({options.data, progress}, report);
    report.write();
    for (const Criterion &criterion : report.criteria()) {
        std::cout << (criterion.holds ? "holds  " : "FAILS  ") << criterion.name << "  " << criterion.claim
                  << ": " << criterion.measured << '\n';
    }
    progress("done");
    return std::count_if(report.criteria().begin(), report.criteria().end(),
                         [](const Criterion &criterion) { return !criterion.holds; });
}

int run_all(const Options &options) {
    std::size_t failures = 0;
    for (const Experiment &experiment : all_experiments()) {
        const auto &names = options.names;
        if (names.empty() || std::find(names.begin(), names.end(), experiment.name) != names.end()) {
            failures += run(experiment, options);
        }
    }
    return failures == 0 ? 0 : static_cast<int>(fsd::ExitCode::check_failed);
}

}  // namespace

int main(int count, char **arguments) {
    CLI::App app("Runs the experiments of docs/experiments/");
    Options options;
    app.add_option("--out", options.folder, "Where the pages go")->capture_default_str();
    app.add_option("--data", options.data, "The folder with mnist/ and cifar10/")->capture_default_str();
    app.add_option("names", options.names, "Only these experiments");
    CLI11_PARSE(app, count, arguments);
    fsd::set_threads(fsd::usable_cpus());
    try {
        return run_all(options);
    } catch (const fsd::Error &error) {
        std::cerr << "experiments: " << error.what() << '\n';
        return static_cast<int>(error.code());
    } catch (const std::exception &error) {
        std::cerr << "experiments: internal fault: " << error.what() << '\n';
        return static_cast<int>(fsd::ExitCode::internal);
    }
}
