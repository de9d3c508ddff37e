// `fsdnet analyze teacher` as a user runs it: on network files and arrays.
#include "runtime/formats/output_file.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"
#include "tests/temporary_folder.h"
#include "toolkit/npy/npy.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <random>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

// teacher.safetensors (6-7-3), student.safetensors (6-12-3), x.npy [80, 6], y.npy [80].
struct Files {
    TemporaryFolder folder;

    Files() {
        save("teacher", 7, 1);
        save("student", 12, 2);
        Tensor inputs = make_tensor<float>({80, 6}), labels = make_tensor<std::int32_t>({80});
        std::mt19937 random(1);
        std::normal_distribution<float> normal;
        std::generate_n(static_cast<float *>(inputs.data()), 480, [&] { return normal(random); });
        for (int sample = 0; sample < 80; sample++) {
            static_cast<std::int32_t *>(labels.data())[sample] = sample % 3;
        }
        write_file(folder / "x.npy", npy_bytes(inputs, {80, 6}));
        write_file(folder / "y.npy", npy_bytes(labels, {80}));
    }

    void save(const std::string &name, int hidden, unsigned seed) const {
        Model model;
        model.input = {1, 1, 6, InputKind::vector, {1}, {0}};
        model.layers = {real_linear("first", hidden), plain("relu"), real_linear("last", 3)};
        save_model(with_parameters(model, seed), folder / (name + ".safetensors"));
    }

    std::vector<std::string> command(const std::string &student, const std::string &teacher,
                                     const std::vector<std::string> &more) const {
        std::vector<std::string> all = {"analyze",
                                        "teacher",
                                        folder / (student + ".safetensors"),
                                        "--teacher",
                                        folder / (teacher + ".safetensors"),
                                        "--data",
                                        folder / "x.npy",
                                        "--labels",
                                        folder / "y.npy"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
};

}  // namespace

TEST_CASE("a student is shown beside its teacher", "[command_line][analyze]") {
    const Files files;
    const auto found =
        fsdnet_json(files.command("student", "teacher", {"--picture", files.folder / "map.svg"}));
    REQUIRE(found["samples"] == 80);
    REQUIRE(found["layers"].size() == 2);
    REQUIRE(found["layers"][0]["correlation"].size() == 7);
    REQUIRE(found["layers"][0]["correlation"][0].size() == 12);
    REQUIRE(found["layers"][0]["fan_out"]["unmatched_units"] > 0);
    REQUIRE(found["layers"][1]["fan_out"].is_null());
    REQUIRE(found["identity"]["residuals"][0] < 1e-12);
    REQUIRE(found["outputs"]["squared_error"] > 0);
    REQUIRE_THAT(read_bytes(files.folder / "map.svg"), Contains("sorted"));
    const auto same =
        fsdnet_json(files.command("teacher", "teacher", {"--picture", files.folder / "map.png"}));
    REQUIRE(same["layers"][0]["matched_share"] == 1);
    REQUIRE(same["outputs"]["agreement"] == 1);
    REQUIRE(std::filesystem::file_size(files.folder / "map.png") > 1000);
    const Outcome table = fsdnet(files.command(
        "student", "teacher", {"--images", "20", "--student-layer", "2", "--teacher-layer", "2"}));
    REQUIRE(table.code == 0);
    REQUIRE_THAT(table.output, Contains("20 samples") && Contains("largest residual") && !Contains("nan"));
}

TEST_CASE("what cannot be compared is refused with a sentence", "[command_line][analyze]") {
    const Files files;
    require_refusal(files.command("student", "teacher", {"--student-layer", "9"}), 3, "found 9");
    require_refusal(files.command("student", "absent", {}), 3, "absent");
    require_refusal(files.command("student", "teacher", {"--threshold", "2"}), 2, "from 0 to 1");
    require_refusal(files.command("student", "teacher", {"--picture", files.folder / "map.gif"}), 2, ".svg");
    require_refusal({"analyze", "teacher", files.folder / "student.safetensors"}, 2, "--teacher");
}
