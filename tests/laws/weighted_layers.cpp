// Laws of the convolutions and linear operators of ordinary layers: which of them are the same operator on
// other shapes, and which are the KLD operators without their meaning (MATH 2.5).
#include "cases/draw.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

using Names = std::map<std::string, std::string>;  // an op's tensors, each with the one that it is given

// The output of an op's CPU kernel, given the tensors of a problem.
std::vector<double> run(const std::string &op, Problem problem, const std::string &output,
                        const Names &names = {}) {
    for (const auto &[name, given] : names) {
        problem.tensors[name] = problem[given];
    }
    problem.scalars["observations"] = 1;
    if (const auto &derive = signature_of(op).derive) {
        derive(problem.extents);
    }
    Placement placement(need_kernel(op, {"cpu"}), problem, Layout::dense);
    placement.call()();
    return placement.read(output).data;
}

// Problems of an op that are small enough to be quick.
template<typename Visit>
void for_each_problem(const std::string &op, Visit visit) {
    for (const Extents &extents : case_of(op).shapes) {
        Problem problem = draw(case_of(op), extents, 11);
        if (problem[problem.tensors.begin()->first].data.size() < 40'000) {
            visit(problem);
        }
    }
}

// Two kernels, each within the bound of its rounding errors.
void require_close(const std::string &op, Problem problem, const std::vector<double> &a,
                   const std::vector<double> &b) {
    case_of(op).reference(problem);
    const double bound = problem.scalars.at("error bound");
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); i++) {
        REQUIRE(std::fabs(a[i] - b[i]) <= 2 * bound);
    }
}

// The same numbers at each site.
Values repeated(const Values &values, int rows, int columns) {
    Shape shape{rows, columns};
    shape.insert(shape.end(), values.shape.begin(), values.shape.end());
    Values all(shape);
    all.data.clear();
    for (int site = 0; site < rows * columns; site++) {
        all.data.insert(all.data.end(), values.data.begin(), values.data.end());
    }
    return all;
}

// The numbers of one channel, the last axis.
Values channel_of(const Values &values, int channel) {
    Values one = values;
    const int channels = values.shape.back();
    one.shape.back() = 1;
    one.data.clear();
    for (std::size_t i = channel; i < values.data.size(); i += channels) {
        one.data.push_back(values.data[i]);
    }
    return one;
}

}  // namespace

TEST_CASE("weights above -87 under one observation are log-likelihoods, bit for bit", "[laws]") {
    const Names forward{{"probability", "features"}, {"log_likelihood", "weight"}, {"log_prior", "bias"}};
    const Names backward{{"d_log_evidence", "d_preactivation"}, {"log_likelihood", "weight"}};
    for (const std::string kind : {"conv", "linear"}) {
        INFO(kind);
        for_each_problem(kind, [&](const Problem &problem) {
            REQUIRE(run(kind, problem, "preactivation") ==
                    run("kld_" + kind, problem, "log_evidence", forward));
        });
    }
    for_each_problem("conv_backward_features", [&](const Problem &problem) {
        REQUIRE(run("conv_backward_features", problem, "d_features") ==
                run("kld_conv_backward_states", problem, "d_probability", backward));
    });
}

TEST_CASE("the fusions with relu have relu's bits", "[laws]") {
    for (const std::string kind : {"conv", "linear"}) {
        INFO(kind);
        for_each_problem(kind, [&](const Problem &problem) {
            const std::vector<double> found = run(kind, problem, "preactivation");
            const int numbers = static_cast<int>(found.size());
            Values preactivation({numbers, 1});
            preactivation.data = found;
            Problem elements{{{"site", numbers}, {"state", 1}}, {}, {{"log_evidence", preactivation}}};
            REQUIRE(run(kind + "_relu", problem, "activation") == run("relu", elements, "activation"));
        });
    }
}

TEST_CASE("one group is a convolution", "[laws]") {
    for_each_problem("conv", [](Problem problem) {
        problem.extents["groups"] = 1;
        problem.extents["group_input"] = problem.extent("input");
        require_close("conv", problem, run("conv", problem, "preactivation"),
                      run("grouped_conv", problem, "preactivation"));
    });
}

TEST_CASE("a depthwise convolution is one convolution per channel", "[laws]") {
    for_each_problem("grouped_conv", [](const Problem &problem) {
        const int channels = problem.extent("output");
        if (problem.extent("groups") != channels || problem.extent("input") != channels) {
            return;
        }
        const std::vector<double> all = run("grouped_conv", problem, "preactivation");
        for (int channel = 0; channel < channels; channel++) {
            Problem alone = problem;
            alone.extents["input"] = alone.extents["output"] = 1;
            for (const char *tensor : {"features", "weight", "bias"}) {
                alone.tensors[tensor] = channel_of(problem[tensor], channel);
            }
            std::vector<double> found;
            for (std::size_t i = channel; i < all.size(); i += channels) {
                found.push_back(all[i]);
            }
            require_close("conv", alone, run("conv", alone, "preactivation"), found);
        }
    });
}

TEST_CASE("a locally connected layer with the same weights at all sites is a convolution", "[laws]") {
    for_each_problem("conv", [](const Problem &problem) {
        const int rows = problem.extent("output_y"), columns = problem.extent("output_x");
        if (problem["weight"].data.size() * rows * columns > 400'000) {
            return;
        }
        Problem local = problem;
        local.tensors["weight"] = repeated(problem["weight"], rows, columns);
        local.tensors["bias"] = repeated(problem["bias"], rows, columns);
        require_close("conv", problem, run("conv", problem, "preactivation"),
                      run("locally_connected", local, "preactivation"));
    });
}
