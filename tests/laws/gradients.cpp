// Laws of the gradients: those at logits sum to 0 over the states, because a common offset of a row of logits
// changes nothing; a label that is no class gives no plausible loss; optimizers may write where they read.
#include "cases/draw.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

// The outputs of an op's CPU kernel on a drawn problem, added to the problem.
void run_kernel(Problem &problem, const std::string &op) {
    Placement placement(need_kernel(op, {"cpu"}), problem, Layout::dense);
    placement.call()();
    for (const std::string &output : placement.outputs()) {
        problem.tensors[output] = placement.read(output);
    }
}

struct Row {
    double sum = 0, magnitude = 0;
    void add(double value) {
        sum += value;
        magnitude += std::fabs(value);
    }
};

// `upstream` is the gradient behind the normalization and `weighted` true where its terms are h R, not A. A
// common factor of the row's distribution, off by the roundings of S inputs, and the row's sum or mean, with
// as many roundings, each shift the sum of the gradients by S / 2 epsilons of the magnitudes; each of the S
// terms is rounded three times, relative to magnitudes that make up twice the row's. The logarithms of drawn
// distributions are off by half an epsilon of up to 69 each.
void require_sums_of_zero(const std::string &op, const std::string &distribution, const std::string &upstream,
                          bool weighted) {
    for (const Extents &extents : case_of(op).shapes) {
        Problem problem = draw(case_of(op), extents, 5);
        run_kernel(problem, op);
        const int states = problem.extent("state");
        const Values &found = problem["d_logits"];
        for (std::size_t first = 0; first < found.data.size(); first += states) {
            Row gradients, terms;
            for (std::size_t i = first; i < first + states; i++) {
                gradients.add(found.data[i]);
                terms.add(problem[upstream].data[i] * (weighted ? problem[distribution].data[i] : 1));
            }
            const double bound = epsilon * (states + 6 + (weighted ? 0 : 35)) * terms.magnitude;
            INFO(op << ", " << states << " states, row " << first / states);
            REQUIRE(std::fabs(gradients.sum) <= bound);
        }
    }
}

// The updated tensors of `op`, with the outputs in the inputs' memory, by the names of the inputs.
std::map<std::string, Values> run_in_place(const Problem &problem, const std::string &op) {
    const std::string prefix = "updated_";
    Placement placement(need_kernel(op, {"cpu"}), problem, Layout::dense);
    std::map<std::string, std::vector<float>> memory;
    for (const std::string &output : placement.outputs()) {
        REQUIRE(output.rfind(prefix, 0) == 0);
        const std::string name = output.substr(prefix.size());
        const std::vector<double> &values = problem[name].data;
        memory[name].assign(values.begin(), values.end());
        const Tensor tensor = view_tensor(halide_type_of<float>(), memory[name].data(), problem[name].shape);
        placement.call().set(name, tensor).set(output, tensor);
    }
    placement.call()();
    std::map<std::string, Values> updated;
    for (const auto &[name, floats] : memory) {
        updated[name] = problem[name];
        updated[name].data.assign(floats.begin(), floats.end());
    }
    return updated;
}

}  // namespace

TEST_CASE("gradients at logits sum to 0 over the states", "[laws]") {
    require_sums_of_zero("normalize_backward", "posterior", "d_posterior", true);
    require_sums_of_zero("log_normalize_backward", "log_posterior", "d_log_posterior", false);
}

TEST_CASE("a label that is no class makes the sample's loss and gradient NaN, and only them", "[laws]") {
    Problem problem = draw(case_of("cross_entropy"), {{"sample", 4}, {"class", 17}}, 1);
    problem.tensors["label"].data = {16, 17, -1, 0};
    run_kernel(problem, "cross_entropy");
    for (int sample = 0; sample < 4; sample++) {
        const bool named = sample == 0 || sample == 3;
        REQUIRE(std::isnan(problem["loss"](sample)) == !named);
        for (int c = 0; c < 17; c++) {
            REQUIRE(std::isnan(problem["d_logits"](sample, c)) == !named);
        }
    }
}

TEST_CASE("optimizers give the same bits where they write into their inputs", "[laws]") {
    for (const std::string op : {"adam", "momentum", "weight_decay"}) {
        for (const Extents &extents : case_of(op).shapes) {
            Problem problem = draw(case_of(op), extents, 3);
            const std::map<std::string, Values> in_place = run_in_place(problem, op);
            REQUIRE(!in_place.empty());
            run_kernel(problem, op);
            for (const auto &[name, values] : in_place) {
                INFO(op << ", " << name << ", " << extents.at("element") << " elements");
                REQUIRE(values.data == problem["updated_" + name].data);
            }
        }
    }
}
