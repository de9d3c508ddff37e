// Looks at names only: a model is read when it is used.
#include "toolkit/networks/zoo.h"

#include "runtime/error.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr const char *model_ending = ".safetensors";
const std::string twin_ending = "-8bit";

bool ends_with(const std::string &text, const std::string &end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string card_path(const fs::path &folder, const std::string &name) {
    const fs::path own = folder / (name + ".md");
    if (!fs::exists(own) && ends_with(name, twin_ending)) {
        return card_path(folder, name.substr(0, name.size() - twin_ending.size()));
    }
    return fs::exists(own) ? own.string() : "";
}

bool is_twin(const ZooNetwork &network) {
    return fs::path(network.card).stem() != network.name;
}

}  // namespace

std::vector<ZooNetwork> zoo_in(const std::string &folder) {
    std::vector<ZooNetwork> networks;
    std::error_code ignored;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == model_ending && entry.is_regular_file()) {
            const std::string name = entry.path().stem().string();
            networks.push_back({name, entry.path().string(), entry.file_size(), card_path(folder, name)});
        }
    }
    std::sort(networks.begin(), networks.end(),
              [](const ZooNetwork &a, const ZooNetwork &b) { return a.name < b.name; });
    return networks;
}

std::string card_of(const ZooNetwork &network) {
    std::ifstream stream(network.card);
    std::string card(std::istreambuf_iterator<char>(stream), {});
    if (!stream || card.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The card of '", network.name, "', '", network.card,
                         "', is missing or cannot be read; the network itself can be used."));
    }
    return card;
}

std::string summary_of(const ZooNetwork &network) {
    if (network.card.empty()) {
        return "";
    }
    std::istringstream lines(card_of(network));
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.front() != '#') {
            return (is_twin(network) ? "In 8-bit integers: " : "") + line;
        }
    }
    return "";
}

}  // namespace fsd
