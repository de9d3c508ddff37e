// What verbs do not write over, what they write to the standard output, and when they ask.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
namespace fs = std::filesystem;

namespace {

struct Place {
    TemporaryFolder folder;
    std::string model = folder / "model.safetensors";

    Place() { save_model(small_model(), model); }

    std::vector<std::string> train(const std::vector<std::string> &more) const {
        std::vector<std::string> line = {"train", "--data", folder / "data.npy", "--description",
                                         folder / "network.json"};
        line.insert(line.end(), more.begin(), more.end());
        return line;
    }
};

}  // namespace

TEST_CASE("no verb writes over what it reads or writes besides", "[command_line][outputs]") {
    const Place place;
    const TemporaryFolder &folder = place.folder;
    const std::string before = read_bytes(place.model);
    fs::create_symlink("model.safetensors", folder / "link");
    fs::create_hard_link(place.model, folder / "hard");
    fs::create_directory(folder / "sub");
    for (const std::string &same :
         {place.model, folder / "link", folder / "hard", folder / "sub/../model.safetensors"}) {
        require_refusal({"export", place.model, "--out", same}, 2, "also that of the model");
    }
    require_refusal({"inspect", "--model", place.model, "--filters", place.model}, 2, "also that of --model");
    require_refusal({"inspect", "--model", place.model, "--filters", folder / "f.jpg"}, 2, "ends with .png");
    require_refusal({"evaluate", "--model", place.model, "--data", "none", "--confusion", folder / "c.bmp"},
                    2, "What --confusion writes is .png or .svg");
    require_refusal({"classify", "--model", place.model, "none.png", "--picture", folder / "x.JPG"}, 2,
                    ".jpg");
    require_refusal({"classify", "--model", place.model, "none.png", "--explain", folder / "x.txt"}, 2,
                    ".png or .svg, or an array, .npy");
    require_refusal(place.train({"--output", folder / "a", "--curves", folder / "c.gif"}), 2, ".svg");
    require_refusal({"quantize", place.model, "--out", place.model}, 2, "also that of the model");
    require_refusal({"evaluate", "--model", place.model, "--data", "none", "--confusion", place.model}, 2,
                    "also that of --model");
    require_refusal({"classify", "--model", place.model, "none.png", "--picture", place.model}, 2,
                    "also that of --model");
    write_bytes(folder / "data.npy", "data");
    write_bytes(folder / "network.json", "{}");
    // none of these exists yet
    require_refusal(place.train({"--output", folder / "a", "--curves", folder / "sub/../a"}), 2,
                    "also that of --output");
    require_refusal(place.train({"--output", folder / "a", "--checkpoint", folder / "a"}), 2,
                    "also that of --output");
    require_refusal(place.train({"--output", folder / "a", "--curves", folder / "a.checkpoint"}), 2,
                    "also that of --checkpoint");
    require_refusal(place.train({"--output", folder / "data.npy"}), 2, "also that of --data");
    require_refusal(place.train({"--output", folder / "network.json"}), 2, "also that of --description");
    CHECK(read_bytes(folder / "data.npy") == "data");
    CHECK(read_bytes(place.model) == before);
    CHECK_FALSE(fs::exists(folder / "a"));
}

TEST_CASE("no verb writes over a file of its data", "[command_line][outputs]") {
    const Place place;
    place.folder.write("data/cat/one.png", {1, 2, 3});
    place.folder.write("data/t10k-images-idx3-ubyte", {1, 2, 3});
    for (const std::string file : {"data/cat/one.png", "data/t10k-images-idx3-ubyte"}) {
        require_refusal({"evaluate", "--model", place.model, "--data", place.folder / "data", "--confusion",
                         place.folder / file},
                        2, "is one of those in");
        CHECK(read_bytes(place.folder / file) == "\1\2\3");
    }
    require_refusal({"classify", "--model", place.model, place.folder / "data", "--picture",
                     place.folder / "data/cat/one.png"},
                    2, "is one of those in");
}

TEST_CASE("what cannot be written is said before the work", "[command_line][outputs]") {
    const Place place;
    const std::string none = place.folder / "none/file";  // and the data are missing as well
    require_refusal({"evaluate", "--model", place.model, "--data", "none", "--confusion", none}, 3, none);
    require_refusal({"inspect", "--model", place.model, "--data", "none", "--filters", none}, 3, none);
    require_refusal({"classify", "--model", place.model, "none", "--picture", none}, 3, none);
    require_refusal({"quantize", place.model, "--data", "none", "--out", none}, 3, none);
    require_refusal(place.train({"--output", "/dev/null"}), 2, "add --checkpoint");
}

TEST_CASE("a file goes to the standard output and the words about it elsewhere", "[command_line][outputs]") {
    const Place place;
    REQUIRE(fsdnet({"export", place.model, "--out", place.folder / "file.onnx"}).code == 0);
    for (const std::string output : {"-", "/dev/stdout"}) {
        const Outcome outcome = fsdnet({"export", place.model, "--out", output});
        CHECK(outcome.code == 0);
        CHECK(outcome.output == read_bytes(place.folder / "file.onnx"));
        CHECK_THAT(outcome.errors, Catch::StartsWith("wrote "));
    }
    CHECK(fsdnet({"export", place.model, "--out", "/dev/null"}).code == 0);
    require_refusal({"export", place.model, "--out", "-", "--json"}, 2, "both");
}

TEST_CASE("numbers are decimal and in their bounds, everywhere", "[command_line][outputs]") {
    const Place place;
    for (const std::string number : {"0x10", "-1", ""}) {
        require_refusal(place.train({"--output", "a", "--epochs", number}), 2,
                        "--epochs: must be a whole number from 1 to 100000");
    }
    require_refusal(place.train({"--output", "a", "--seed", "18446744073709551616"}), 2,
                    "--seed: must be a whole number");
    require_refusal({"classify", "x.png", "--rows", "-1"}, 2, "--rows: must be a whole number");
    require_refusal(place.train({"--output", "a", "--rate", "0x1p-4"}), 2,
                    "--rate: must be a number above 0");
    require_refusal(place.train({"--output", "a", "--turn", "nan"}), 2,
                    "--turn: must be a number from 0 to 180");
    require_refusal({"kernels", "run", "relu", "--shape", "a=1e3"}, 2, "takes name=2,3,4");
    require_refusal({"tune", "kld_linear", "--shape", "sample=010x"}, 2, "no extent");
    require_refusal({"classify", "x.png", "--sheet", "0x20"}, 2, "--sheet");
    require_refusal({"classify", "x.png", "--sheet", "20x20x"}, 2, "--sheet");
    // 010 is ten: the model of ten epochs is missing only its data
    require_refusal(
        place.train({"--output", place.folder / "a", "--epochs", "010", "--seed", "18446744073709551615"}), 3,
        "");
}

TEST_CASE("names from outside do not act on the terminal, and JSON stays JSON", "[command_line][outputs]") {
    const Place place;
    Model model = small_model();
    model.classes = {"a\x1b[31m", "line\nfeed", "caf\xc3\xa9\xe2\x80\xae"};
    model.notes["note\x1b"] = "\xc2\x9b"
                              "31m";
    save_model(model, place.model);
    const Outcome table = fsdnet({"inspect", "--model", place.model});
    CHECK(table.code == 0);
    CHECK_THAT(table.output, Catch::Contains(R"(a\x1b[31m, line\nfeed, caf)"
                                             "\xc3\xa9"
                                             R"(\u202e)"));
    CHECK_THAT(table.output, Catch::Contains(R"(note\x1b)") && Catch::Contains(R"(\u009b31m)"));
    CHECK(table.output.find('\x1b') == std::string::npos);
    CHECK(fsdnet_json({"inspect", "--model", place.model})["classes"] == nlohmann::json(model.classes));
    CHECK(fsdnet({"inspect", "--model", place.model, "--json"}).output.find("\xe2\x80\xae") ==
          std::string::npos);

    const std::string odd = place.folder / "\xff\x1b[2J.safetensors";  // no UTF-8
    fs::copy_file(place.model, odd);
    CHECK_THAT(fsdnet_json({"inspect", "--model", odd})["model"].get<std::string>(),
               Catch::EndsWith("\\xff\x1b[2J.safetensors"));
    CHECK_THAT(fsdnet({"inspect", "--model", odd}).output, Catch::Contains(R"(\xff\x1b[2J.safetensors)"));
    require_refusal({"inspect", "--model", odd + "\n"}, 3, R"(\xff\x1b[2J.safetensors\n: cannot)");
}
