// `fsdnet demo`: a page on this machine to draw on, and what a network says about the drawing.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/demo/demo_server.h"
#include "toolkit/demo/token.h"

#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

namespace fsd::command_line {
namespace {

struct Demo {
    std::string model;
    int port = 0;
    bool json = false;
};

void report(const Demo &options, const std::string &model, const demo::HttpServer &server) {
    if (options.json) {
        print_json({{"address", server.address()}, {"port", server.port()}, {"model", model}});
    } else {
        std::cout << "page    " << server.address() << "\nmodel   " << printable_text(model)
                  << "\nCtrl-C ends it.\n";
    }
    if (!std::cout.flush()) {
        throw Error(ExitCode::bad_input, "The address could not be written to the standard output.");
    }
}

void run(const Demo &options) {
    const Interruptible interruptible;
    const std::string path = chosen_model(options.model);
    demo::PictureReader reader(path);
    const std::string name = std::filesystem::path(path).filename().string();
    const demo::HttpServer server(options.port, demo::random_token(), demo::page_routes(reader, name));
    report(options, path, server);
    while (*Interruptible::flag() == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace

void add_demo(CLI::App &program) {
    auto options = std::make_shared<Demo>();
    CLI::App &verb = add_verb(program, "demo",
                              "Serve a page to draw on to this machine's browsers: posterior, entropies, ...",
                              "fsdnet demo --model digits.safetensors");
    add_model_option(verb, options->model);
    add_number(verb, "--port", options->port, between(1, 65535),
               "Port of 127.0.0.1 to listen on (default: a free one)");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
