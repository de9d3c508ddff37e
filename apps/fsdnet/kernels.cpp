// `fsdnet kernels`: the registry, and `fsdnet kernels run`: one kernel on NumPy files.
#include "apps/fsdnet/assignments.h"
#include "apps/fsdnet/kernel_listing.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "toolkit/kernel_runs/kernel_run.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Listing {
    std::string op;
    bool json = false;
};

void list(const Listing &options) {
    if (options.json) {
        print_json(describe_kernels(options.op));
    } else {
        std::cout << table_of_kernels(options.op);
    }
}

struct ChosenRun {
    std::string op, schedule = "cpu";
    std::vector<std::string> arguments, outputs, shapes;  // name=value
    bool allow_non_finite = false;
    bool json = false;
};

void run(const ChosenRun &options) {
    KernelRun wanted{options.op,
                     options.schedule,
                     assignments("--arg", options.arguments),
                     assignments("--out", options.outputs),
                     {},
                     options.allow_non_finite,
                     note};
    for (const auto &[name, shape] : assignments("--shape", options.shapes)) {
        wanted.shapes[name] = parse_shape("--shape", name, shape);
    }
    std::vector<FileRole> outputs;
    for (const auto &[name, path] : wanted.outputs) {
        outputs.push_back({"--out " + name, path});
    }
    prepare_outputs({}, outputs, options.json);
    const KernelRunResult result = run_kernel(wanted);
    if (!options.json) {
        return;
    }
    nlohmann::ordered_json written = nlohmann::ordered_json::array();
    for (const KernelOutput &output : result.outputs) {
        written.push_back({{"name", output.name},
                           {"file", output.file},
                           {"type", to_string(output.type)},
                           {"shape", output.shape}});
    }
    print_json({{"kernel", result.kernel}, {"outputs", written}});
}

void add_run(CLI::App &kernels) {
    auto options = std::make_shared<ChosenRun>();
    CLI::App &verb = add_verb(
        kernels, "run", "Run one kernel on NumPy files",
        "fsdnet kernels run log_normalize --schedule cpu --arg logits=a.npy --out log_posterior=b.npy");
    verb.add_option("op", options->op, "The operator, as 'fsdnet kernels' lists it")->required();
    CLI::Option *schedule =
        verb.add_option("--schedule", options->schedule, "The kernel's schedule")->capture_default_str();
    auto device = std::make_shared<std::string>("cpu");
    add_device_option(verb, *device).excludes(schedule);
    verb.add_option("--arg", options->arguments, "An input: name=file.npy or name=number; once per input")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    verb.add_option("--out", options->outputs, "An output to keep: name=file.npy")
        ->type_name("NAME=FILE")
        ->allow_extra_args(false);
    verb.add_option("--shape", options->shapes, "An output's shape, where it does not follow from the inputs")
        ->type_name("NAME=2,3,4")
        ->allow_extra_args(false);
    verb.add_flag("--allow-non-finite", options->allow_non_finite,
                  "Accept NaN and infinities in inputs and results");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    verb.callback([options, device, schedule] {
        if (schedule->empty()) {
            options->schedule = device_to_use(*device);
        }
        run(*options);
    });
}

}  // namespace

void add_kernels(CLI::App &program) {
    auto options = std::make_shared<Listing>();
    CLI::App &kernels = add_verb(program, "kernels", "List the kernels: targets, arguments, axes; or run one",
                                 "fsdnet kernels log_normalize");
    kernels.add_option("op", options->op, "Only this operator");
    add_json_flag(kernels, options->json);
    add_run(kernels);
    kernels.callback([options, &kernels] {
        if (kernels.get_subcommands().empty()) {
            list(*options);
        }
    });
}

}  // namespace fsd::command_line
