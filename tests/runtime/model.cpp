// Models: what is saved is what is loaded, shapes follow the layers, files appear whole or not at all.
#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sys/resource.h>

using namespace fsd;
using namespace fsd::testing;

namespace {

bool same_numbers(const Tensor &a, const Tensor &b) {
    return shape_of(a) == shape_of(b) && std::memcmp(a.data(), b.data(), a.size_in_bytes()) == 0;
}

std::size_t files_in(const TemporaryFolder &folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

template<typename Action>
Error error_of(Action action) {
    try {
        action();
    } catch (const Error &error) {
        return error;
    }
    FAIL("no Error was thrown");
    std::abort();
}

}  // namespace

TEST_CASE("a saved model is loaded as it was", "[model]") {
    const TemporaryFolder folder;
    Model model = small_model();
    model.classes = {"z\"e\\ro", "\xc3\xa9\n", "\xf0\x9f\x98\x80"};
    model.preprocessing.kind = "digit";
    save_model(model, folder / "model.safetensors");
    const Model loaded = load_model(folder / "model.safetensors");

    REQUIRE(loaded.input.height == 6);
    REQUIRE(loaded.input.width == 5);
    REQUIRE(loaded.input.colors == 1);
    REQUIRE(loaded.classes == model.classes);
    REQUIRE(loaded.notes == model.notes);
    REQUIRE(loaded.preprocessing.kind == "digit");
    REQUIRE(loaded.layers.size() == model.layers.size());
    for (std::size_t i = 0; i < model.layers.size(); i++) {
        REQUIRE(loaded.layers[i].op == model.layers[i].op);
        REQUIRE(loaded.layers[i].name == model.layers[i].name);
        REQUIRE(loaded.layers[i].attributes == model.layers[i].attributes);
    }
    REQUIRE(loaded.tensors.size() == model.tensors.size());
    for (const auto &[name, tensor] : model.tensors) {
        REQUIRE(same_numbers(loaded.tensor(name), tensor));
    }
    save_model(loaded, folder / "again.safetensors");
    REQUIRE(read_bytes(folder / "again.safetensors") == read_bytes(folder / "model.safetensors"));
}

TEST_CASE("a model's novelty is saved with it, in version 3", "[model]") {
    const TemporaryFolder folder;
    const Model model = fitted_model();
    save_model(model, folder / "fitted.safetensors");
    REQUIRE_THAT(read_bytes(folder / "fitted.safetensors"), Catch::Contains(R"("version":"3")"));
    const Model loaded = load_model(folder / "fitted.safetensors");
    REQUIRE(loaded.novelty);
    REQUIRE(same_numbers(loaded.novelty->mean, model.novelty->mean));
    REQUIRE(same_numbers(loaded.novelty->precision, model.novelty->precision));
    REQUIRE(same_numbers(loaded.novelty->scores, model.novelty->scores));
    REQUIRE(loaded.tensors.size() == model.tensors.size());
    REQUIRE(loaded.parameter_count() == small_model().parameter_count());
    // Another network than the one that it was fitted to has none.
    REQUIRE_FALSE(replaced(loaded, "marginal_pool", "max_pool").novelty);
    save_model(small_model(), folder / "plain.safetensors");
    REQUIRE_THAT(read_bytes(folder / "plain.safetensors"), Catch::Contains(R"("version":"1")"));
    REQUIRE_FALSE(load_model(folder / "plain.safetensors").novelty);
}

TEST_CASE("the 16-32 network of the paper has 18,781 parameters and these shapes", "[model]") {
    Model model;
    model.input = {28, 28, 1};
    model.layers = {conv("first", 5, 1, 16),  plain("normalize"),    pool("marginal_pool", 2, 2),
                    conv("second", 5, 1, 32), plain("normalize"),    pool("marginal_pool", 2, 2),
                    linear("classes", 1, 10), plain("log_normalize")};
    model = with_parameters(model, 1);
    REQUIRE(model.parameter_count() == 18781);
    const std::vector<Shape> expected = {{28, 28, 1, 2},  {24, 24, 1, 16}, {24, 24, 1, 16},
                                         {12, 12, 1, 16}, {8, 8, 1, 32},   {8, 8, 1, 32},
                                         {4, 4, 1, 32},   {1, 1, 1, 10},   {1, 1, 1, 10}};
    REQUIRE(activation_shapes(model) == expected);
}

TEST_CASE("a model that is not valid is not written, and what stood there stays", "[model]") {
    const TemporaryFolder folder;
    write_bytes(folder / "model.safetensors", "before");
    Model model = small_model();
    static_cast<float *>(model.tensors.at("first.log_prior").data())[0] = 3;
    const Error error = error_of([&] { save_model(model, folder / "model.safetensors"); });
    REQUIRE(error.code() == ExitCode::bad_input);
    REQUIRE_THAT(error.what(), Catch::Contains("'first.log_prior'") && Catch::Contains("not normalized"));
    REQUIRE(read_bytes(folder / "model.safetensors") == "before");
    REQUIRE(files_in(folder) == 1);
}

TEST_CASE("a full disk leaves nothing partial", "[model]") {
    const TemporaryFolder folder;
    write_bytes(folder / "model.safetensors", "before");
    // A limit on the file size fails the write as a full disk does, once its signal is ignored.
    signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit tight{500, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    const Error error = error_of([&] { save_model(small_model(), folder / "model.safetensors"); });
    setrlimit(RLIMIT_FSIZE, &before);
    REQUIRE(error.code() == ExitCode::bad_input);
    REQUIRE_THAT(error.what(), Catch::Contains("model.safetensors") && Catch::Contains("cannot be written"));
    REQUIRE(read_bytes(folder / "model.safetensors") == "before");
    REQUIRE(files_in(folder) == 1);
}

TEST_CASE("folders and missing folders are refused as places for a model", "[model]") {
    const TemporaryFolder folder;
    for (const std::string &path : {folder.path(), folder / "missing/model.safetensors"}) {
        const Error error = error_of([&] { save_model(small_model(), path); });
        REQUIRE(error.code() == ExitCode::bad_input);
        REQUIRE_THAT(error.what(), Catch::Contains(path));
    }
}

TEST_CASE("ops of one family replace each other, others do not", "[model]") {
    const Model model = small_model();
    REQUIRE(replaced(model, "marginal_pool", "max_pool").layers[2].op == "max_pool");
    REQUIRE(replaced(model, "marginal_pool", "renormalized_max_pool").layers[2].op ==
            "renormalized_max_pool");
    REQUIRE(replaced(model, "normalize", "relu").layers[1].op == "relu");
    REQUIRE(replaced(model, "log_normalize", "log_hard_normalize").layers[4].op == "log_hard_normalize");
    REQUIRE(model.layers[2].op == "marginal_pool");
    const std::vector<std::pair<std::string, std::string>> refused = {{"normalize", "log_normalize"},
                                                                      {"kld_conv", "kld_linear"},
                                                                      {"max_pool", "marginal_pool"},
                                                                      {"a", "b"}};
    for (const auto &pair : refused) {
        const std::string &op = pair.first, &replacement = pair.second;
        const Error error = error_of([&] { replaced(model, op, replacement); });
        REQUIRE(error.code() == ExitCode::usage);
        REQUIRE_THAT(error.what(), Catch::Contains(op) && Catch::Contains(replacement));
    }
}

TEST_CASE("Python's safetensors reads a model", "[model]") {
    const std::string python = "python3 -c 'import numpy, safetensors.numpy' 2>/dev/null";
    if (std::system(python.c_str()) != 0) {
        WARN("skipped: python3 has no numpy and safetensors here");
        return;
    }
    const TemporaryFolder folder;
    const Model model = small_model();
    save_model(model, folder / "model.safetensors");
    write_bytes(folder / "read.py", R"(
import json, sys
import numpy
from safetensors import safe_open
from safetensors.numpy import save_file
with safe_open(sys.argv[1], framework="numpy") as file:
    metadata = file.metadata()
    tensors = {name: file.get_tensor(name) for name in file.keys()}
assert metadata["format"] == "fsdnet" and metadata["version"] == "1"
network = json.loads(metadata["network"])
assert network["classes"] == ["zero", "one", "two"]
assert [layer["op"] for layer in network["layers"]] == ["kld_conv", "normalize", "marginal_pool", "kld_linear",
                                                        "log_normalize"]
assert tensors["first.log_likelihood"].shape == (3, 3, 1, 2, 8)
assert numpy.allclose(numpy.exp(tensors["first.log_likelihood"]).sum(axis=3), 1, atol=1e-6)
save_file(tensors, sys.argv[2], metadata=metadata)
)");
    const std::string command = "python3 " + (folder / "read.py") + " " + (folder / "model.safetensors") +
                                " " + (folder / "python.safetensors");
    REQUIRE(std::system(command.c_str()) == 0);
    // What Python writes is a model again, with the same numbers.
    const Model loaded = load_model(folder / "python.safetensors");
    for (const auto &[name, tensor] : model.tensors) {
        REQUIRE(same_numbers(loaded.tensor(name), tensor));
    }
}
