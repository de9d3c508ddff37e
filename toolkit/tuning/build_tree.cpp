// Reads tuning.json, which CMake writes into the build tree.
#include "toolkit/tuning/build_tree.h"

#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "toolkit/tuning/device.h"

#include "instruction_set_table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace fsd::tuning {
namespace {

using Json = nlohmann::ordered_json;

std::string remedy(const std::string &folder) {
    return text("'cmake --build ", folder, " --target tuning_tools' builds what tuning needs; --build ",
                "names another build tree.");
}

void require_file(const std::string &path, const std::string &what, const std::string &folder) {
    if (!std::filesystem::exists(path)) {
        throw Error(ExitCode::unsupported,
                    text("Tuning needs ", what, ", and ", path, " does not exist. ", remedy(folder)));
    }
}

Json read_tree(const std::string &path, const std::string &folder) {
    std::ifstream in(path);
    Json description = Json::parse(in, nullptr, false);
    if (!description.is_object()) {
        throw Error(ExitCode::unsupported, text(path, " is not what CMake wrote there. ", remedy(folder)));
    }
    return description;
}

}  // namespace

BuildTree open_build_tree(const std::string &folder) {
    const std::string path = folder + "/tuning.json";
    require_file(path, "the build tree of the project", folder);
    const Json described = read_tree(path, folder);
    BuildTree tree;
    tree.folder = folder;
    tree.source = described.at("source");
    tree.compiler = described.at("compiler");
    tree.generators = described.at("generators");
    tree.worker = described.at("worker");
    tree.targets = described.at("targets").get<std::map<std::string, std::string>>();
    tree.autoschedulers = described.at("autoschedulers").get<std::map<std::string, std::string>>();
    require_file(tree.source, "the project's sources", folder);
    require_file(tree.compiler, "a C++ compiler", folder);
    require_file(tree.worker, "its worker", folder);
    return tree;
}

std::string BuildTree::generator(const std::string &op, const std::string &family) const {
    std::string path = text(generators, "/", op, ".", schedules_of(family), ".generator");
    require_file(path, text("the generator of ", op), folder);
    return path;
}

const std::string &BuildTree::target(const std::string &family) const {
    const auto found = targets.find(family);
    if (found == targets.end()) {
        if (is_device(family)) {
            throw Error(ExitCode::unsupported,
                        text("The build tree ", folder, " has no kernels for ", family,
                             "; 'make build gpu=ON' (CMake's option FSDNET_GPU) builds them."));
        }
        throw Error(ExitCode::usage, text("There is no family of targets '", family, "'; known are ",
                                          known_families, ", opencl and cuda."));
    }
    return found->second;
}

std::string BuildTree::work_folder(const std::string &op) const {
    std::string path = text(folder, "/tuning/", op);
    std::filesystem::create_directories(path);
    return path;
}

std::vector<std::string> families_of_this_machine() {
    std::vector<std::string> families;
    const std::vector<std::string> runnable = instruction_sets();
    for (const InstructionSetRow &row : instruction_set_table) {
        const bool runs = std::find(runnable.begin(), runnable.end(), row.name) != runnable.end();
        if (runs && (families.empty() || families.back() != row.family)) {
            families.emplace_back(row.family);
        }
    }
    return families;
}

}  // namespace fsd::tuning
