// Looks beside the program, then in the source tree.
#include "apps/fsdnet/default_model.h"

#include "apps/fsdnet/program_place.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/system/closest_name.h"

#include <algorithm>
#include <optional>

namespace fsd::command_line {
namespace {

namespace fs = std::filesystem;

constexpr const char *default_name = "mnist-16-32";

std::optional<ZooNetwork> found(const std::string &name) {
    const std::vector<ZooNetwork> networks = zoo_in(models_folder());
    const auto place = std::find_if(networks.begin(), networks.end(),
                                    [&](const ZooNetwork &network) { return network.name == name; });
    return place == networks.end() ? std::nullopt : std::make_optional(*place);
}

// A sentence of what there is in place of the name.
std::string advice(const std::string &name) {
    std::vector<std::string> names;
    for (const ZooNetwork &network : zoo_in(models_folder())) {
        names.push_back(network.name);
    }
    const std::string close = closest_name(name, names);
    return "'fsdnet models' lists them" + (close.empty() ? "." : "; the closest name is '" + close + "'.");
}

// What people write for a file has a folder or an ending.
bool may_be_a_name(const std::string &given) {
    std::error_code ignored;
    return given.find_first_of("/.") == std::string::npos && !fs::exists(given, ignored);
}

}  // namespace

std::string models_folder() {
    std::error_code ignored;
    for (const char *place : {"../share/fsdnet/models", FSDNET_SOURCE_MODELS}) {
        const fs::path folder = program_folder() / place;
        if (fs::is_directory(folder, ignored)) {
            return folder.lexically_normal().string();
        }
    }
    return "";
}

ZooNetwork network_called(const std::string &name) {
    if (const std::optional<ZooNetwork> network = found(name)) {
        return *network;
    }
    throw Error(ExitCode::usage, text("No network that comes with fsdnet is called '", printable_text(name),
                                      "'. ", advice(name)));
}

std::string default_model() {
    const std::optional<ZooNetwork> network = found(default_name);
    return network ? network->path : "";
}

void add_model_option(CLI::App &verb, std::string &model) {
    verb.add_option("-m,--model", model,
                    "The network's file, or the name of one that comes with fsdnet (default: mnist-16-32)")
        ->type_name("FILE");
}

std::string chosen_model(const std::string &given) {
    const std::string path = given.empty() ? default_model() : given;
    if (path.empty()) {
        throw Error(ExitCode::usage, "No model was given and none comes with this program; add --model FILE "
                                     "('fsdnet train' makes one).");
    }
    if (!may_be_a_name(path)) {
        return path;
    }
    if (const std::optional<ZooNetwork> network = found(path)) {
        return network->path;
    }
    throw Error(ExitCode::bad_input,
                text("'", printable_text(path),
                     "' is neither a file nor the name of a network that comes with fsdnet. ", advice(path)));
}

std::string chosen_model(const std::string &argument, const std::string &option) {
    if (!argument.empty() && !option.empty()) {
        throw Error(ExitCode::usage, "Name the model once: as MODEL or with --model.");
    }
    return chosen_model(argument.empty() ? option : argument);
}

}  // namespace fsd::command_line
