// Laws of batch normalization: its output has mean 0 and deviation 1, its gradient is orthogonal to 1 and to
// the normalized input, because neither an offset nor a factor of the input changes anything.
#include "cases/draw.h"
#include "runtime/threads.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

void run_kernel(Problem &problem, const std::string &op) {
    Placement placement(need_kernel(op, {"cpu"}), problem, Layout::dense);
    placement.call()();
    for (const std::string &output : placement.outputs()) {
        problem.tensors[output] = placement.read(output);
    }
}

// The forward and the backward kernel on a drawn problem; the divisor is the deviation itself.
Problem run_both(const Extents &extents) {
    Problem problem = draw(case_of("batch_norm_backward"), extents, 4);
    problem.scalars["epsilon"] = 0;
    problem.tensors["shift"] = Values({problem.extent("channel")});
    std::fill_n(problem.tensors["scale"].data.begin(), problem.extent("channel"), 1);
    run_kernel(problem, "batch_norm");
    run_kernel(problem, "batch_norm_backward");
    return problem;
}

struct Sums {
    double mean = 0, square = 0;         // of the normalized numbers
    double gradients = 0, products = 0;  // of the gradients, and of them with the normalized numbers
    double magnitude = 0, weighted = 0;  // of what is rounded on the way to them
};

Sums sums_of(const Problem &problem, int channel) {
    const int sites = problem.extent("site");
    const double slope = 1 / std::sqrt(problem["variance"](channel));
    const double common = problem["d_shift"](channel) / sites;
    Sums sums;
    for (int site = 0; site < sites; site++) {
        const double x = problem["normalized"](site, channel);
        const double d = problem["d_normalized"](site, channel);
        const double dz = problem["d_preactivation"](site, channel);
        sums.mean += x / sites;
        sums.square += x * x / sites;
        sums.gradients += dz;
        sums.products += dz * x;
        const double rounded = slope * (0.5 * std::fabs(common) + 0.5 * std::fabs(d - common) +
                                        1.5 * std::fabs(x * problem["d_scale"](channel) / sites)) +
                               1.5 * std::fabs(dz);
        sums.magnitude += rounded;
        sums.weighted += rounded * std::fabs(x);
    }
    return sums;
}

// Visits the channels of the case's shapes that have a deviation.
template<typename Check>
void for_each_channel(Check check) {
    for (const Extents &extents : case_of("batch_norm").shapes) {
        if (extents.at("site") == 1) {
            continue;
        }
        const Problem problem = run_both(extents);
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            INFO(extents.at("site") << " sites, channel " << channel);
            const double deviation = std::sqrt(problem["variance"](channel));
            // The mean is rounded by half an epsilon, all normalized numbers are off by this together.
            const double offset = 0.5 * epsilon * std::fabs(problem["mean"](channel)) / deviation;
            check(problem, channel, deviation, offset);
        }
    }
}

}  // namespace

// Beside the mean: the difference, the slope (whose variance is rounded, too) and the product are half an
// epsilon of a number each; the mean magnitude is at most 1.
TEST_CASE("batch_norm gives mean 0 and deviation 1", "[laws]") {
    for_each_channel([](const Problem &problem, int channel, double, double offset) {
        const Sums sums = sums_of(problem, channel);
        REQUIRE(std::fabs(sums.mean) <= offset + 2 * epsilon);
        REQUIRE(std::fabs(sums.square - 1) <= 4 * epsilon + offset * offset + 2 * offset * epsilon);
    });
}

// The given mean and variance are rounded: sum x is N offsets, sum x^2 is N within an epsilon, and each takes
// the part of the correction that it belongs to along.
TEST_CASE("batch_norm's gradient is orthogonal to 1 and to the normalized input", "[laws]") {
    for_each_channel([](const Problem &problem, int channel, double deviation, double offset) {
        const Sums sums = sums_of(problem, channel);
        const double d_scale = std::fabs(problem["d_scale"](channel)) / deviation;
        const double d_shift = std::fabs(problem["d_shift"](channel)) / deviation;
        REQUIRE(std::fabs(sums.gradients) <= epsilon * sums.magnitude + offset * d_scale);
        REQUIRE(std::fabs(sums.products) <=
                epsilon * (2 * sums.weighted + 4 * d_scale) + offset * d_shift + offset * offset * d_scale);
        REQUIRE(sums.magnitude > 0);
    });
}

TEST_CASE("batch_norm of one site is the shift", "[laws]") {
    Problem problem = draw(case_of("batch_norm"), {{"site", 1}, {"channel", 37}}, 4);
    run_kernel(problem, "batch_norm");
    REQUIRE(problem["mean"].data == problem["preactivation"].data);
    REQUIRE(problem["variance"].data == std::vector<double>(37, 0));
    REQUIRE(problem["normalized"].data == problem["shift"].data);
}

TEST_CASE("batch_norm and its gradient have the same bits for 1 to 4 threads", "[laws]") {
    const Extents extents{{"site", 4099}, {"channel", 19}};
    set_threads(1);
    const Problem expected = run_both(extents);
    for (int count = 2; count <= 4; count++) {
        set_threads(count);
        const Problem found = run_both(extents);
        for (const auto &[name, values] : expected.tensors) {
            INFO(name << ", " << count << " threads");
            REQUIRE(found[name].data == values.data);
        }
    }
    set_threads(usable_cpus());
}

TEST_CASE("a channel without variance becomes its shift, and has no gradient, with epsilon 0", "[laws]") {
    const Extents extents = {{"site", 9}, {"channel", 3}};
    Problem problem = draw(case_of("batch_norm_backward"), extents, 4);
    problem.scalars["epsilon"] = 0;
    problem.tensors["shift"] = Values({3});
    std::fill_n(problem.tensors["shift"].data.begin(), 3, 0.25);
    for (int site = 0; site < 9; site++) {
        problem.tensors["preactivation"](site, 1) = 0.1F;
    }
    run_kernel(problem, "batch_norm");
    run_kernel(problem, "batch_norm_backward");
    CHECK(problem["variance"](1) == 0);
    for (int site = 0; site < 9; site++) {
        CHECK(problem["normalized"](site, 1) == 0.25);
        CHECK(problem["d_preactivation"](site, 1) == 0);
    }
    CHECK(problem["d_scale"](1) == 0);
    CHECK(problem["normalized"](0, 0) != 0.25);
}
