// `fsdnet kernels`: the registry, and `fsdnet kernels run`: one kernel on NumPy files.
#include "apps/fsdnet/kernel_listing.h"
#include "apps/fsdnet/kernel_run.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"

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

void add_run(CLI::App &kernels) {
    auto options = std::make_shared<KernelRun>();
    CLI::App &run = add_verb(
        kernels, "run", "Run one kernel on NumPy files",
        "fsdnet kernels run log_normalize --schedule cpu --arg logits=a.npy --out log_posterior=b.npy");
    run.add_option("op", options->op, "The operator, as 'fsdnet kernels' lists it")->required();
    CLI::Option *schedule =
        run.add_option("--schedule", options->schedule, "The kernel's schedule")->capture_default_str();
    auto device = std::make_shared<std::string>("cpu");
    add_device_option(run, *device).excludes(schedule);
    run.add_option("--arg", options->arguments, "An input: name=file.npy or name=number; once per input")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    run.add_option("--out", options->outputs, "An output to keep: name=file.npy")
        ->type_name("NAME=FILE")
        ->allow_extra_args(false);
    run.add_option("--shape", options->shapes, "An output's shape, where it does not follow from the inputs")
        ->type_name("NAME=2,3,4")
        ->allow_extra_args(false);
    run.add_flag("--allow-non-finite", options->allow_non_finite,
                 "Accept NaN and infinities in inputs and results");
    add_json_flag(run, options->json);
    add_threads_option(run);
    run.callback([options, device, schedule] {
        if (schedule->empty()) {
            options->schedule = device_to_use(*device);
        }
        run_kernel(*options);
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
