// Every operator, its formula stated plainly, by every autoscheduler for CPUs: a kernel that agrees with the
// float64 reference at a small shape, or a reason in autoscheduler_refusals.txt.
//
// In ctest a day's run takes a part of them (tests/todays_turn.h); the target test_all_autoschedulers takes
// all.
#include "tests/todays_turn.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/measurement.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

using namespace fsd;
using namespace fsd::tuning;

namespace {

constexpr double limit = 300;          // seconds for each program that runs
constexpr double most_elements = 2e4;  // of the product of a shape's extents

using Pair = std::pair<std::string, std::string>;  // operator, autoscheduler

const BuildTree &tree() {
    static const BuildTree opened = open_build_tree(FSDNET_BUILD);
    return opened;
}

std::vector<std::string> words_of(const std::string &text) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

std::vector<std::string> operators() {
    return words_of(FSDNET_OPERATORS);
}

// A line of the table is: operator, autoscheduler, what Halide says.
std::map<Pair, std::string> refusals() {
    std::map<Pair, std::string> found;
    std::ifstream in(FSDNET_SOURCE "/tests/tuning/autoscheduler_refusals.txt");
    REQUIRE(in);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        Pair pair;
        if (line.empty() || line.front() == '#' || !(words >> pair.first >> pair.second >> std::ws)) {
            continue;
        }
        std::getline(words, found[pair]);
    }
    return found;
}

// The largest of the small shapes at which the op is tested.
Extents small_shape(const std::string &op) {
    Extents chosen;
    double elements = 0;
    for (const Extents &shape : test_shapes(tree(), op, tree().work_folder(op))) {
        double product = 1;
        for (const auto &[axis, extent] : shape) {
            product *= std::max(extent, 1);
        }
        if (product > elements && product <= most_elements) {
            chosen = shape;
            elements = product;
        }
    }
    REQUIRE(elements > 0);
    return chosen;
}

// Empty where the autoscheduler's kernel is right.
std::string fault_of(const Pair &pair) {
    const Extents shape = small_shape(pair.first);
    const std::string family = families_of_this_machine().front();
    Compiler compiler(tree(), pair.first, family, limit);
    compiler.set_beam(1);
    const Compiled compiled = compiler.compile({{}, pair.second}, shape);
    if (!compiled.fault.empty()) {
        return compiled.fault;
    }
    MeasurementJob job{pair.first, "", compiled.object, {shape}};
    job.any_shape = false;
    const Measurement measured = measure(tree(), job, limit, tree().work_folder(pair.first));
    return measured.verdict == Verdict::timed && measured.checked == 1 ? ""
                                                                       : measured.sentence + " (checked)";
}

std::vector<Pair> todays_pairs() {
    std::vector<Pair> pairs;
    std::size_t number = 0;
    for (const std::string &name : autoschedulers_for("cpu")) {
        for (const std::string &op : operators()) {
            if (fsd::testing::todays_turn(number++)) {
                pairs.emplace_back(op, name);
            }
        }
    }
    return pairs;
}

}  // namespace

TEST_CASE("each operator is scheduled by each autoscheduler, or the table says why not",
          "[autoschedulers][rotates]") {
    const std::map<Pair, std::string> refused = refusals();
    const std::vector<Pair> pairs = todays_pairs();
    REQUIRE_FALSE(pairs.empty());
    for (const Pair &pair : pairs) {
        const std::string fault = fault_of(pair);
        const auto stated = refused.find(pair);
        INFO(pair.first << " by " << pair.second << ": " << (fault.empty() ? "a right kernel" : fault));
        if (stated == refused.end()) {
            CHECK(fault.empty());
        } else {  // a reason that holds no longer goes
            CHECK_THAT(fault, Catch::Contains(stated->second));
        }
    }
}

TEST_CASE("two autoschedulers or more schedule nearly every operator", "[autoschedulers][rotates]") {
    const std::map<Pair, std::string> refused = refusals();
    std::map<std::string, int> schedules;
    for (const std::string &op : operators()) {
        for (const std::string &name : autoschedulers_for("cpu")) {
            schedules[op] += refused.count({op, name}) == 0 ? 1 : 0;
        }
    }
    const auto by_two = std::count_if(schedules.begin(), schedules.end(),
                                      [](const auto &entry) { return entry.second >= 2; });
    CHECK(by_two >= 35);
    for (const auto &[pair, reason] : refused) {
        INFO(pair.first << " " << pair.second);
        CHECK(schedules.count(pair.first) == 1);
        CHECK_FALSE(reason.empty());
    }
}
