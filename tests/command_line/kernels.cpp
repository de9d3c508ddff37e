// `fsdnet kernels` and `fsdnet kernels run`: every kernel is fed from NumPy files and compared with its
// float64 reference.
#include "cases/draw.h"
#include "cases/runnable_kernels.h"
#include "tests/command_line/process.h"
#include "tests/npy/numpy.h"
#include "tests/runtime/models.h"

#include "runtime/error.h"
#include "runtime/registry.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::string descriptor(const halide_type_t &type) {
    return type == halide_type_of<float>()     ? "<f4"
           : type == halide_type_of<double>()  ? "<f8"
           : type == halide_type_of<uint8_t>() ? "|u1"
                                               : "<i4";
}

template<typename T>
std::string encoded(const halide_type_t &type, const Values &values) {
    return npy<T>(descriptor(type), values.shape, std::vector<T>(values.data.begin(), values.data.end()));
}

std::string encoded(const halide_type_t &type, const Values &values) {
    return type == halide_type_of<float>()     ? encoded<float>(type, values)
           : type == halide_type_of<double>()  ? encoded<double>(type, values)
           : type == halide_type_of<uint8_t>() ? encoded<uint8_t>(type, values)
                                               : encoded<int32_t>(type, values);
}

std::string shown(double value) {
    std::ostringstream out;
    out.precision(17);
    out << value;
    return out.str();
}

// All arguments of the kernel as the command line takes them; inputs are written to the folder.
std::vector<std::string> command(const Kernel &kernel, const Problem &problem,
                                 const TemporaryFolder &folder) {
    std::vector<std::string> line = {"kernels", "run", kernel.op, "--schedule", kernel.schedule};
    for (int i = 0; i < kernel.about->num_arguments; i++) {
        const halide_filter_argument_t &argument = kernel.about->arguments[i];
        const std::string name = argument.name, file = folder / (name + ".npy");
        if (argument.kind == halide_argument_kind_output_buffer) {
            line.insert(line.end(), {"--out", text(name, "=", file)});
        } else if (argument.kind == halide_argument_kind_input_buffer) {
            write_bytes(file, encoded(argument.type, problem[name]));
            line.insert(line.end(), {"--arg", text(name, "=", file)});
        } else {
            const auto scalar = problem.scalars.find(name);
            const double value = scalar != problem.scalars.end() ? scalar->second : problem.extent(name);
            line.insert(line.end(), {"--arg", name + "=" + shown(value)});
        }
    }
    return line;
}

std::vector<std::string> shape_options(const Kernel &kernel, const Problem &problem) {
    std::vector<std::string> options;
    for (int i = 0; i < kernel.about->num_arguments; i++) {
        const halide_filter_argument_t &argument = kernel.about->arguments[i];
        if (argument.kind == halide_argument_kind_output_buffer) {
            std::string extents;
            for (int extent : problem[argument.name].shape) {
                extents += (extents.empty() ? "" : ",") + std::to_string(extent);
            }
            options.insert(options.end(), {"--shape", argument.name + ("=" + extents)});
        }
    }
    return options;
}

void check_output(const Case &described, const Problem &problem, const halide_filter_argument_t &argument,
                  const std::string &file) {
    const std::string name = argument.name;
    std::vector<double> found = npy_elements<double>(file);
    if (argument.type.bits == 32) {
        const std::vector<float> narrow = npy_elements<float>(file);
        found.assign(narrow.begin(), narrow.end());
    }
    const Values &expected = problem[name];
    REQUIRE(found.size() == expected.data.size());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < found.size(); i++) {
        const double error = std::fabs(found[i] - expected.data[i]);
        const bool same =
            found[i] == expected.data[i] || (std::isnan(found[i]) && std::isnan(expected.data[i]));
        wrong += same || error <= described.tolerance(problem, name, expected.data[i]) ? 0 : 1;
    }
    CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("every kernel runs on NumPy files and agrees with its float64 reference", "[kernels]") {
    for (const Kernel &kernel : runnable_kernels()) {
        const Case &described = case_of(kernel.op);
        const Extents &extents = described.shapes.at(described.shapes.size() / 2);
        INFO(kernel.name);
        TemporaryFolder folder;
        Problem problem = draw(described, extents, 7);
        described.reference(problem);
        std::vector<std::string> line = command(kernel, problem, folder);
        line.emplace_back("--allow-non-finite");  // references hold infinite divergences
        Outcome outcome = fsdnet(line);
        if (outcome.code == 2) {  // a window's extents, which gradients alone do not tell
            CHECK_THAT(outcome.errors, Catch::Contains("Add --shape"));
            const std::vector<std::string> shapes = shape_options(kernel, problem);
            line.insert(line.end(), shapes.begin(), shapes.end());
            outcome = fsdnet(line);
        }
        INFO(outcome.errors);
        REQUIRE(outcome.code == 0);
        for (int i = 0; i < kernel.about->num_arguments; i++) {
            const halide_filter_argument_t &argument = kernel.about->arguments[i];
            if (argument.kind == halide_argument_kind_output_buffer) {
                INFO(argument.name);
                check_output(described, problem, argument,
                             read_bytes(folder / (argument.name + std::string(".npy"))));
            }
        }
    }
}

TEST_CASE("the listing describes every kernel and argument", "[kernels]") {
    const nlohmann::json listing = fsdnet_json({"kernels"});
    REQUIRE(listing["kernels"].size() == kernels().size());
    for (const nlohmann::json &kernel : listing["kernels"]) {
        INFO(kernel["name"]);
        CHECK_FALSE(kernel["targets"].empty());
        CHECK_FALSE(kernel["summary"].get<std::string>().empty());
        for (const nlohmann::json &argument : kernel["arguments"]) {
            CHECK_FALSE(argument["meaning"].get<std::string>().empty());
            CHECK(argument["axes"].empty() == (argument["role"] == "scalar"));
        }
    }
    const auto &sets = listing["instruction_sets"];
    CHECK(sets["compiled"].size() == listing["kernels"][0]["targets"].size());
    CHECK(std::count(sets["compiled"].begin(), sets["compiled"].end(), sets["in_force"]) == 1);
    const Outcome table = fsdnet({"kernels", "log_normalize"});
    CHECK(table.code == 0);
    CHECK_THAT(table.output, Catch::Contains("logits") && Catch::Contains("[site, group, state]"));
    for (const Kernel &kernel : kernels()) {
        CHECK((kernel.op != "log_normalize" || table.output.find(kernel.name) != std::string::npos));
    }
    CHECK_THAT(table.output, !Catch::Contains("adam"));
}

TEST_CASE("arrays keep the axes that they came with", "[kernels]") {
    TemporaryFolder folder;
    const std::vector<float> logits = {1, 2, 3, 4, 0, 0, 0, 0, -1, 5, 2, 2, 9, 9, 9, 9};
    std::vector<std::vector<float>> results;
    for (const std::vector<int> &shape :
         std::vector<std::vector<int>>{{4, 4}, {2, 2, 4}, {4, 1, 4}, {2, 2, 1, 4}, {1, 2, 1, 2, 4}}) {
        write_bytes(folder / "a.npy", npy<float>("<f4", shape, logits));
        const nlohmann::json result =
            fsdnet_json({"kernels", "run", "log_normalize", "--arg", "logits=" + (folder / "a.npy"), "--out",
                         "log_posterior=" + (folder / "b.npy")});
        CHECK(result["outputs"][0]["shape"] == nlohmann::json(shape));
        results.push_back(npy_elements<float>(read_bytes(folder / "b.npy")));
    }
    for (const std::vector<float> &result : results) {
        REQUIRE(result == results.front());
    }
    CHECK(results.front()[4] == Approx(-std::log(4.0)));
    write_bytes(folder / "a.npy", npy<float>("<f4", {4}, {0, 0, 0, 0}));
    CHECK(fsdnet_json({"kernels", "run", "log_normalize", "--arg", "logits=" + (folder / "a.npy"), "--out",
                       "log_posterior=" + (folder / "b.npy")})["outputs"][0]["shape"] == nlohmann::json({4}));
}

TEST_CASE("kernels run refuses what it cannot use, and leaves no file", "[kernels]") {
    TemporaryFolder folder;
    const std::string good = "logits=" + (folder / "good.npy"), out = "log_posterior=" + (folder / "out.npy");
    write_bytes(folder / "good.npy", npy<float>("<f4", {2, 2}, {1, 2, 3, 4}));
    write_bytes(folder / "nan.npy", npy<float>("<f4", {2, 2}, {1, NAN, 3, 4}));
    write_bytes(folder / "empty.npy", npy<float>("<f4", {0, 2}, {}));
    write_bytes(folder / "text.npy", "not an array");
    write_bytes(folder / "image.npy", npy<int32_t>("<i4", {1, 1, 1, 1}, {256}));
    write_bytes(folder / "five.npy", npy<float>("<f4", {1, 1, 1, 1, 1}, {1}));
    const std::vector<std::string> run = {"kernels", "run", "log_normalize"};
    const auto refuse = [&](std::vector<std::string> line, int code, const std::string &expected) {
        line.insert(line.begin(), run.begin(), run.end());
        require_refusal(line, code, expected);
        CHECK_FALSE(std::filesystem::exists(folder / "out.npy"));
    };
    refuse({"--out", out}, 2, "'logits' of log_normalize was not given");
    refuse({"--arg", good}, 2, "log_posterior");
    refuse({"--arg", good, "--arg", good, "--out", out}, 2, "twice");
    refuse({"--arg", "logit=x.npy", "--out", out}, 2, "no input 'logit'");
    refuse({"--arg", good, "--out", "posterior=x.npy"}, 2, "no output 'posterior'");
    refuse({"--arg", "logits", "--out", out}, 2, "name=value");
    refuse({"--arg", "logits=", "--out", out}, 2, "name=value");
    refuse({"--arg", good, "--out", out, "--threads", "0"}, 2, "--threads");
    refuse({"--arg", good, "--out", out, "--shape", "log_posterior=2,x"}, 2, "--shape");
    refuse({"--arg", good, "--out", out, "--shape", "log_posterior=7,7,7"}, 3, "expected");
    refuse({"--arg", good, "--out", out, "--schedule", "abacus"}, 4, "abacus");
    refuse({"--arg", "logits=" + (folder / "missing.npy"), "--out", out}, 3, "No such file");
    refuse({"--arg", "logits=" + folder.path(), "--out", out}, 3, "directory");
    refuse({"--arg", "logits=" + (folder / "text.npy"), "--out", out}, 3, "magic");
    refuse({"--arg", "logits=" + (folder / "nan.npy"), "--out", out}, 3, "element 1: nan");
    refuse({"--arg", "logits=" + (folder / "empty.npy"), "--out", out}, 3, "without elements");
    refuse({"--arg", good, "--out", "log_posterior=" + (folder / "none/out.npy")}, 3, "cannot be written");
    refuse({"--arg", good, "--out", "log_posterior=" + folder.path()}, 3, "directory");
    refuse({"--arg", good, "--out", "log_posterior=/dev/full"}, 3, "No space left");
    require_refusal({"kernels", "run", "no_such_op", "--arg", good, "--out", out}, 2,
                    "no operator 'no_such_op'");
    require_refusal({"kernels", "no_such_op"}, 2, "no_such_op");
    require_refusal({"kernels", "run", "bernoulli_states", "--arg", "image=" + (folder / "image.npy"),
                     "--out", "probability=" + (folder / "out.npy")},
                    3, "element 0 is 256");
    require_refusal({"kernels", "run", "kld_linear", "--arg", "probability=" + (folder / "good.npy"), "--arg",
                     "log_likelihood=" + (folder / "five.npy"), "--arg", "log_prior=" + (folder / "good.npy"),
                     "--out", "log_evidence=" + (folder / "out.npy")},
                    3, "too many axes");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 6);
}

TEST_CASE("of several outputs all are written or none", "[kernels]") {
    TemporaryFolder folder;
    write_bytes(folder / "p.npy", npy<float>("<f4", {2, 2}, {0.5f, 0.5f, 1, 0}));
    write_bytes(folder / "information.npy", "what was there before");
    const auto run = [&](const std::string &conditional, const std::string &marginal) {
        return std::vector<std::string>{"kernels",
                                        "run",
                                        "mutual_information",
                                        "--arg",
                                        "posterior=" + (folder / "p.npy"),
                                        "--out",
                                        "information=" + (folder / "information.npy"),
                                        "--out",
                                        "conditional_entropy=" + (folder / conditional),
                                        "--out",
                                        "marginal_entropy=" + (folder / marginal)};
    };
    // The outputs are written in the order of their names, so one of these fails first and one last.
    require_refusal(run("none/c.npy", "m.npy"), 3, "none/c.npy");
    require_refusal(run("c.npy", "none/m.npy"), 3, "none/m.npy");
    require_refusal(run("same.npy", "same.npy"), 2, "is also that of --out conditional_entropy");
    CHECK(read_bytes(folder / "information.npy") == "what was there before");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);

    REQUIRE(fsdnet(run("c.npy", "m.npy")).code == 0);
    CHECK(npy_elements<float>(read_bytes(folder / "c.npy")).size() == 1);
    CHECK(npy_elements<float>(read_bytes(folder / "m.npy")).size() == 1);
    CHECK(npy_elements<float>(read_bytes(folder / "information.npy")).size() == 1);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 4);
}

TEST_CASE("scalars outside of what an operator is defined for are refused by name", "[kernels]") {
    TemporaryFolder folder;
    write_bytes(folder / "p.npy", npy<float>("<f4", {8, 8, 2}, std::vector<float>(128, 0.5f)));
    write_bytes(folder / "q.npy", npy<float>("<f4", {3, 3, 2, 2}, std::vector<float>(36, -0.7f)));
    write_bytes(folder / "prior.npy", npy<float>("<f4", {2}, {-0.7f, -0.7f}));
    const auto convolve = [&](const std::string &scalar) {
        return std::vector<std::string>{"kernels",
                                        "run",
                                        "kld_conv",
                                        "--arg",
                                        "probability=" + (folder / "p.npy"),
                                        "--arg",
                                        "log_likelihood=" + (folder / "q.npy"),
                                        "--arg",
                                        "log_prior=" + (folder / "prior.npy"),
                                        "--arg",
                                        scalar,
                                        "--out",
                                        "log_evidence=" + (folder / "out.npy")};
    };
    // The last two would overflow the index of the outermost site that a tile of outputs reads.
    for (const std::string scalar : {"stride_y=0", "stride_x=-1", "stride_x=65537", "stride_y=2147483647"}) {
        require_refusal(convolve(scalar), 3, "must be between 1 and 65536; found");
    }
    require_refusal(convolve("padding_y=-1"), 3, "must be between 0 and 65536; found -1");
    require_refusal(convolve("padding_x=2147483647"), 3, "padding_x");
    require_refusal(convolve("observations=0"), 3, "above 0");
    require_refusal(convolve("observations=-2"), 3, "above 0");
    require_refusal(convolve("stride_y=1.5"), 3, "must be of type int32; found 1.5");
    for (const std::string scalar : {"stride_y=65536", "padding_y=40", "observations=0.5"}) {
        INFO(scalar);
        CHECK(fsdnet(convolve(scalar)).code == 0);
    }
    require_refusal({"kernels", "run", "marginal_pool", "--arg", "probability=" + (folder / "p.npy"), "--arg",
                     "pool_window_y=0", "--arg", "pool_window_x=2", "--arg", "pool_stride_y=2", "--arg",
                     "pool_stride_x=2", "--out", "marginal=" + (folder / "out.npy")},
                    3, "'pool_window_y' of marginal_pool must be between 1 and 65536; found 0");
}

TEST_CASE("NaN passes through a kernel only where it is asked for, as NaN", "[kernels]") {
    TemporaryFolder folder;
    write_bytes(folder / "nan.npy", npy<float>("<f4", {2, 2}, {1, NAN, 0, 0}));
    const Outcome outcome =
        fsdnet({"kernels", "run", "log_normalize", "--arg", "logits=" + (folder / "nan.npy"), "--out",
                "log_posterior=" + (folder / "out.npy"), "--allow-non-finite"});
    REQUIRE(outcome.code == 0);
    const std::vector<float> found = npy_elements<float>(read_bytes(folder / "out.npy"));
    CHECK((std::isnan(found[0]) && std::isnan(found[1])));
    CHECK(found[2] == Approx(-std::log(2.0)));
    CHECK_THAT(outcome.errors, Catch::Contains("2 NaN"));
}
