// NaN in any float input of any forward kernel makes every output NaN that depends on that number.
#include "cases/draw.h"
#include "cases/runnable_kernels.h"
#include "tests/todays_turn.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Problems above this size add nothing but time.
constexpr std::size_t most_elements = 30'000;

bool is_forward(const std::string &op) {
    return op.find("_backward") == std::string::npos;
}

std::size_t elements_of(const Problem &problem) {
    std::size_t count = 0;
    for (const auto &[name, values] : problem.tensors) {
        count += values.data.size();
    }
    return count;
}

// The outputs, by the float64 reference.
std::map<std::string, Values> reference_outputs(const Case &described, Problem problem) {
    described.reference(problem);
    for (const auto &[name, domain] : described.inputs) {
        problem.tensors.erase(name);
    }
    return problem.tensors;
}

// Which output elements change when the input element does, up or down.
std::map<std::string, std::vector<bool>> dependents(const Case &described, const Problem &problem,
                                                    const std::string &input, std::size_t element) {
    const auto before = reference_outputs(described, problem);
    std::map<std::string, std::vector<bool>> changed;
    for (const double change : {-0.5, 0.5}) {
        Problem moved = problem;
        moved.tensors.at(input).data[element] += change;
        for (const auto &[name, after] : reference_outputs(described, moved)) {
            std::vector<bool> &flags = changed[name];
            flags.resize(after.data.size());
            for (std::size_t i = 0; i < after.data.size(); i++) {
                flags[i] = flags[i] || after.data[i] != before.at(name).data[i];
            }
        }
    }
    return changed;
}

// Returns the number of outputs that depend on the element.
int require_visible(const Kernel &kernel, const Case &described, Problem problem, const std::string &input,
                    std::size_t element) {
    const auto changed = dependents(described, problem, input, element);
    problem.tensors.at(input).data[element] = std::numeric_limits<double>::quiet_NaN();
    Placement placement(kernel, problem, Layout::dense);
    placement.call()();
    int count = 0;
    for (const auto &[name, flags] : changed) {
        const Values found = placement.read(name);
        for (std::size_t i = 0; i < flags.size(); i++) {
            if (flags[i] && !std::isnan(found.data[i])) {
                INFO(kernel.name << " hides NaN in element " << element << " of " << input << ": element "
                                 << i << " of " << name << " is " << found.data[i]);
                CHECK(false);
                return 1;
            }
            count += flags[i] ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

TEST_CASE("NaN in an input is visible in every output that depends on it", "[laws][rotates]") {
    std::mt19937 random(21);
    std::size_t number = 0;
    for (const Kernel &kernel : runnable_kernels()) {
        const Case &described = case_of(kernel.op);
        if (!is_forward(kernel.op) || !todays_turn(number++)) {
            continue;
        }
        std::map<std::string, int> visible;
        for (const Extents &extents : described.shapes) {
            const Problem problem = draw(described, extents, 3);
            if (elements_of(problem) > most_elements) {
                continue;
            }
            for (const auto &[input, domain] : described.inputs) {
                if (domain != Domain::bytes && domain != Domain::labels) {
                    visible[input] += require_visible(kernel, described, problem, input,
                                                      random() % problem[input].data.size());
                }
            }
        }
        for (const auto &[input, count] : visible) {
            INFO(kernel.name << ": no output depends on " << input);
            CHECK(count > 0);
        }
    }
}
