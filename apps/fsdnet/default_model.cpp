// Looks beside the program, then in the source tree.
#include "apps/fsdnet/default_model.h"

#include "apps/fsdnet/program_place.h"
#include "runtime/error.h"

namespace fsd::command_line {

std::string default_model() {
    namespace fs = std::filesystem;
    std::error_code ignored;
    for (const char *folder : {"../share/fsdnet/models", FSDNET_SOURCE_MODELS}) {
        const fs::path model = program_folder() / folder / "mnist.safetensors";
        if (fs::is_regular_file(model, ignored)) {
            return model.lexically_normal().string();
        }
    }
    return "";
}

void add_model_option(CLI::App &verb, std::string &model) {
    verb.add_option("-m,--model", model,
                    "The network's file (default: the MNIST network that comes with fsdnet)")
        ->type_name("FILE");
}

std::string chosen_model(const std::string &given) {
    std::string path = given.empty() ? default_model() : given;
    if (path.empty()) {
        throw Error(ExitCode::usage, "No model was given and none comes with this program; add --model FILE "
                                     "('fsdnet train' makes one).");
    }
    return path;
}

std::string chosen_model(const std::string &argument, const std::string &option) {
    if (!argument.empty() && !option.empty()) {
        throw Error(ExitCode::usage, "Name the model once: as MODEL or with --model.");
    }
    return chosen_model(argument.empty() ? option : argument);
}

}  // namespace fsd::command_line
