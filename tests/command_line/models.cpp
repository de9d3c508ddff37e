// The networks that come with the program: their list, their cards, and their names in place of files.
#include "tests/command_line/process.h"
#include "tests/temporary_folder.h"
#include "toolkit/networks/zoo.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>

using namespace fsd;
using namespace fsd::testing;

namespace {

void write(const std::string &path, const std::string &text) {
    std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("a folder's networks are known by name, with their cards", "[command_line][models]") {
    const TemporaryFolder folder;
    write(folder / "b.safetensors", "12345");
    write(folder / "b-8bit.safetensors", "123");
    write(folder / "a.safetensors", "1");
    write(folder / "a.json", "{}");
    write(folder / "b.md", "# b\n\nDigits; sturdy.\n\nMore.\n");
    std::filesystem::create_directory(folder / "c.safetensors");
    const std::vector<ZooNetwork> zoo = zoo_in(folder / "");
    REQUIRE(zoo.size() == 3);
    CHECK(zoo[0].name == "a");
    CHECK(zoo[0].card.empty());
    CHECK(summary_of(zoo[0]).empty());
    CHECK_THROWS(card_of(zoo[0]));
    CHECK(zoo[1].name == "b");
    CHECK(zoo[1].bytes == 5);
    CHECK(summary_of(zoo[1]) == "Digits; sturdy.");
    CHECK(zoo[2].name == "b-8bit");
    CHECK(zoo[2].card == zoo[1].card);
    CHECK(summary_of(zoo[2]) == "In 8-bit integers: Digits; sturdy.");
    CHECK(zoo_in(folder / "nothing").empty());
}

TEST_CASE("models lists all networks of models/, each with a card, and prints cards",
          "[command_line][models]") {
    const nlohmann::json listed = fsdnet_json({"models"}).at("models");
    std::set<std::string> names;
    for (const nlohmann::json &network : listed) {
        INFO(network);
        names.insert(network.at("name").get<std::string>());
        CHECK(network.at("bytes") == std::filesystem::file_size(network.at("path").get<std::string>()));
        CHECK(network.at("summary").get<std::string>().size() > 20);
    }
    for (const ZooNetwork &network : zoo_in(FSDNET_MODELS)) {
        CHECK(names.count(network.name) == 1);
    }
    const Outcome list = fsdnet({"models"});
    CHECK(list.code == 0);
    CHECK_THAT(list.output, Catch::Contains("\nmnist-relu-16-32 ") && Catch::Contains("--model NAME"));
    const Outcome card = fsdnet({"models", "mnist-relu-16-32"});
    CHECK(card.code == 0);
    CHECK_THAT(card.output, Catch::Contains("# mnist-relu-16-32\n") && Catch::Contains("fsdnet train "));
    CHECK(fsdnet_json({"models", "mnist-relu-16-32"})
              .at("card")
              .get<std::string>()
              .find("# mnist-relu-16-32") == 0);
}

TEST_CASE("the name of a network stands for its file", "[command_line][models]") {
    const nlohmann::json named = fsdnet_json({"inspect", "--model", "mnist-relu-16-32"});
    CHECK(named == fsdnet_json({"inspect", "--model", FSDNET_MODELS "/mnist-relu-16-32.safetensors"}));
    require_refusal({"inspect", "--model", "mnist-relu-16-23"}, 3, "the closest name is 'mnist-relu-16-32'.");
    require_refusal({"inspect", "--model", "qqqqqqqqqq"}, 3, "'fsdnet models' lists them.");
    require_refusal({"models", "mnist-relu-16-23"}, 2, "is called 'mnist-relu-16-23'.");
}
