// Data of numbers through the verbs: NumPy arrays with classes or targets, trained, evaluated and classified.
#include "runtime/model.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"
#include "toolkit/npy/npy.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

// 300 points of the plane in x.npy; in classes.npy the sign of the first coordinate, in targets.npy their
// sum.
struct Points {
    TemporaryFolder folder;

    Points() {
        const int count = 300;
        Tensor x = make_tensor<float>({count, 2}), targets = make_tensor<float>({count, 1});
        Tensor classes = make_tensor<std::int32_t>({count});
        for (int i = 0; i < count; i++) {
            auto *point = static_cast<float *>(x.data()) + std::ptrdiff_t(2) * i;
            point[0] = static_cast<float>(std::sin(0.7 * i + 0.3));
            point[1] = static_cast<float>(std::cos(1.9 * i));
            static_cast<float *>(targets.data())[i] = point[0] + point[1];
            static_cast<std::int32_t *>(classes.data())[i] = point[0] > 0 ? 1 : 0;
        }
        write_bytes(folder / "x.npy", npy_bytes(x, {count, 2}));
        write_bytes(folder / "targets.npy", npy_bytes(targets, {count, 1}));
        write_bytes(folder / "classes.npy", npy_bytes(classes, {count}));
        describe("classes.json", 2, R"(, {"op": "log_softmax"})");
        describe("targets.json", 1, "");
    }

    void describe(const std::string &file, int outputs, const std::string &end) const {
        write_bytes(folder / file, R"({"input": {"kind": "vector", "size": 2}, "layers": [
            {"op": "linear", "name": "first", "channels": 16}, {"op": "batch_norm", "name": "norm"},
            {"op": "relu"}, {"op": "linear", "name": "last", "channels": )" +
                                       std::to_string(outputs) + "}" + end + "]}");
    }

    std::vector<std::string> train(const std::string &what, const std::vector<std::string> &more) const {
        std::vector<std::string> all = {"train",
                                        "--data",
                                        folder / "x.npy",
                                        "--labels",
                                        folder / (what + ".npy"),
                                        "--description",
                                        folder / (what + ".json"),
                                        "--epochs",
                                        "30",
                                        "--batch",
                                        "20",
                                        "--output",
                                        folder / (what + ".safetensors")};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    nlohmann::json evaluate(const std::string &what) const {
        return fsdnet_json({"evaluate", "--model", folder / (what + ".safetensors"), "--data",
                            folder / "x.npy", "--labels", folder / (what + ".npy")});
    }
};

}  // namespace

TEST_CASE("points are told apart, and the model says by which command", "[command_line][numbers]") {
    const Points points;
    REQUIRE(fsdnet(points.train("classes", {"--rate", "0.05", "--optimizer", "sgd", "--momentum", "0.8",
                                            "--weight-decay", "0.001"}))
                .code == 0);
    REQUIRE(points.evaluate("classes")["accuracy"] > 0.97);
    const Model model = load_model(points.folder / "classes.safetensors");
    REQUIRE_THAT(model.notes.at("command"),
                 Contains("--optimizer sgd --momentum 0.8 --weight-decay 0.001") && Contains("--labels"));
    REQUIRE(fsdnet({"classify", "--model", points.folder / "classes.safetensors", points.folder / "x.npy"})
                .code == 0);
}

TEST_CASE("a sum is learned as a number", "[command_line][numbers]") {
    const Points points;
    REQUIRE(fsdnet(points.train("targets", {"--rate", "0.02"})).code == 0);
    REQUIRE(points.evaluate("targets")["r2"] > 0.98);
    REQUIRE(load_model(points.folder / "targets.safetensors").classes.empty());
    require_refusal({"evaluate", "--model", points.folder / "targets.safetensors", "--data",
                     points.folder / "x.npy", "--labels", points.folder / "classes.npy"},
                    3, "");
}

TEST_CASE("targets that do not belong to the inputs are refused before training", "[command_line][numbers]") {
    const Points points;
    write_bytes(points.folder / "targets.npy", npy_bytes(make_tensor<float>({299, 1}), {299, 1}));
    require_refusal(points.train("targets", {}), 3, "299");
    write_bytes(points.folder / "targets.npy", "\x93NUMPY");
    require_refusal(points.train("targets", {}), 3, "targets.npy");
}
