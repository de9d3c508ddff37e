// `fsdnet analyze moments`: tables, files, refusals.
#include "runtime/model.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"
#include "toolkit/npy/npy.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

struct Workplace {
    TemporaryFolder folder;
    std::string model = folder / "model.safetensors";

    Workplace() {
        Model net;
        net.input = {1, 1, 3, InputKind::vector, {1}, {0}};
        net.layers = {real_linear("a", 5), plain("relu"), real_linear("b", 2), plain("log_softmax")};
        save_model(with_parameters(net, 2), model);
        Tensor x = make_tensor<float>({200, 3});
        Tensor y = make_tensor<std::int32_t>({200});
        for (int i = 0; i < 600; i++) {
            static_cast<float *>(x.data())[i] = static_cast<float>(std::sin(1.7 * i) + std::cos(0.3 * i));
        }
        for (int i = 0; i < 200; i++) {
            static_cast<std::int32_t *>(y.data())[i] = i % 2;
        }
        write("x.npy", x);
        write("y.npy", y);
        numbers("mean.npy", {3}, {0, 1, -1});
        numbers("covariance.npy", {3, 3}, {1, 0.2, 0, 0.2, 2, 0, 0, 0, 0});
    }

    void write(const std::string &file, const Tensor &tensor) const {
        write_bytes(folder / file, npy_bytes(tensor, shape_of(tensor)));
    }
    void numbers(const std::string &file, const Shape &shape, const std::vector<double> &values) const {
        Tensor tensor = make_tensor<double>(shape);
        std::copy(values.begin(), values.end(), static_cast<double *>(tensor.data()));
        write(file, tensor);
    }
    std::vector<std::string> command(const std::vector<std::string> &more) const {
        std::vector<std::string> all = {"analyze", "moments", model};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    std::vector<std::string> on_data(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--data", folder / "x.npy", "--labels", folder / "y.npy"});
        return command(more);
    }
    std::vector<std::string> given(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--mean", folder / "mean.npy", "--covariance", folder / "covariance.npy"});
        return command(more);
    }
};

}  // namespace

TEST_CASE("moments of data are compared behind every layer", "[analyze]") {
    const Workplace place;
    const nlohmann::json found = fsdnet_json(place.on_data(
        {"--noise", "0.1", "0.5", "--noise-samples", "2000", "--picture", place.folder / "a.png"}));
    REQUIRE(found["layers"].size() == 4);
    CHECK(found["layers"][0]["covariance_error"] < 1e-4);
    CHECK(found["layers"][1]["op"] == "relu");
    CHECK(found["classes"].size() == 2);
    CHECK(found["noise"].size() == 2);
    CHECK(found["noise"][0]["sampled"]["samples"] == 2000);
    CHECK(read_bytes(place.folder / "a.png").substr(1, 3) == "PNG");
    const nlohmann::json third =
        fsdnet_json(place.on_data({"--order", "3", "--picture", place.folder / "a.svg"}));
    CHECK(third["layers"][1]["covariance_error"] != found["layers"][1]["covariance_error"]);
    CHECK_THAT(read_bytes(place.folder / "a.svg"), Contains("<svg"));
    CHECK_THAT(fsdnet(place.on_data({"--noise", "0.1", "--noise-samples", "0"})).output,
               Contains("covariance"));
}

TEST_CASE("given moments are followed and written", "[analyze]") {
    const Workplace place;
    const nlohmann::json found = fsdnet_json(
        place.given({"--out-mean", place.folder / "m.npy", "--out-covariance", place.folder / "c.npy"}));
    CHECK(found["layers"][3]["mean"].size() == 2);
    CHECK(shape_of(read_npy(place.folder / "c.npy")) == Shape{2, 2});
    CHECK(static_cast<const double *>(read_npy(place.folder / "m.npy").data())[1] ==
          found["layers"][3]["mean"][1]);
    CHECK_THAT(fsdnet(place.given()).output, Contains("log_softmax"));
}

TEST_CASE("activations are followed from their layer on", "[analyze]") {
    const Workplace place;
    const nlohmann::json found = fsdnet_json(place.command({"--activations", place.folder / "x.npy"}));
    CHECK(found["classes"][0]["samples"] == 200);
    require_refusal(place.command({"--activations", place.folder / "x.npy", "--from-layer", "1"}), 3,
                    "5 numbers");
}

TEST_CASE("analyze moments refuses what makes no sense", "[analyze]") {
    const Workplace place;
    require_refusal(place.command({}), 2, "--data");
    require_refusal(
        place.on_data({"--mean", place.folder / "mean.npy", "--covariance", place.folder / "covariance.npy"}),
        2, "one of");
    require_refusal(place.given({"--order", "3"}), 2, "need samples");
    require_refusal(place.on_data({"--picture", place.folder / "a.gif"}), 2, ".svg");
    require_refusal(place.on_data({"--from-layer", "9"}), 3, "4 layers");
    place.numbers("covariance.npy", {3, 3}, {1, 2, 0, 2, 1, 0, 0, 0, 1});
    require_refusal(place.given(), 3, "not positive semidefinite");
    CHECK(fsdnet(place.given({"--project"})).code == 0);
    place.numbers("covariance.npy", {3, 3}, {1, NAN, 0, 2, 1, 0, 0, 0, 1});
    require_refusal(place.given(), 3, "finite");
    place.numbers("covariance.npy", {2, 3}, {1, 0, 0, 2, 1, 0});
    require_refusal(place.given(), 3, "[2, 3]");
    require_refusal({"analyze"}, 2, "subcommand");
}
