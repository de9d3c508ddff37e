// `fsdnet models`: the trained networks that come with the program, and their cards.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "toolkit/networks/zoo.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Models {
    std::string name;
    bool json = false;
};

void print_card(const Models &options) {
    const ZooNetwork network = network_called(options.name);
    if (options.json) {
        print_json({{"name", network.name},
                    {"path", network.path},
                    {"bytes", network.bytes},
                    {"card", network.card.empty() ? "" : card_of(network)}});
        return;
    }
    std::cout << network.path << ", " << network.bytes << " bytes\n\n" << card_of(network);
}

void list(const std::vector<ZooNetwork> &networks, bool json) {
    nlohmann::ordered_json listed = nlohmann::ordered_json::array();
    std::size_t longest = 0;
    for (const ZooNetwork &network : networks) {
        listed.push_back({{"name", network.name},
                          {"path", network.path},
                          {"bytes", network.bytes},
                          {"summary", summary_of(network)}});
        longest = std::max(longest, network.name.size());
    }
    if (json) {
        print_json({{"models", listed}});
        return;
    }
    for (const auto &network : listed) {
        std::cout << std::left << std::setw(static_cast<int>(longest) + 2) << shown(network.at("name"))
                  << std::right << std::setw(6) << (network.at("bytes").get<std::uint64_t>() + 500) / 1000
                  << " KB  " << shown(network.at("summary")) << "\n";
    }
    std::cout << "'fsdnet models NAME' prints a card; NAME stands for the file in all verbs: --model NAME.\n";
}

void run(const Models &options) {
    if (!options.name.empty()) {
        print_card(options);
        return;
    }
    const std::vector<ZooNetwork> networks = zoo_in(models_folder());
    if (networks.empty()) {
        throw Error(ExitCode::unsupported,
                    "No networks come with this program: there is neither '../share/fsdnet/models' beside it "
                    "nor the source tree that it was built from.");
    }
    list(networks, options.json);
}

}  // namespace

void add_models(CLI::App &program) {
    const auto options = std::make_shared<Models>();
    CLI::App &verb = add_verb(program, "models", "List the trained networks that come with fsdnet",
                              "fsdnet models mnist-relu-16-32");
    verb.add_option("name", options->name, "Print this network's card")->type_name("NAME");
    add_json_flag(verb, options->json);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
