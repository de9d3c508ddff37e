// Every operator, its formula stated plainly, by every autoscheduler for CPUs: a kernel that agrees with the
// float64 reference at a small shape, or a reason in autoscheduler_refusals.txt.
//
// A day's run takes one of `days` parts (FSDNET_TEST_DAY=N repeats another day's, =all takes all of them; the
// target test_all_autoschedulers).
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/measurement.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

using namespace fsd;
using namespace fsd::tuning;

namespace {

constexpr int days = 7;
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

std::vector<Pair> pairs_of_day(const std::string &day) {
    std::vector<Pair> pairs;
    long number = 0;
    const long part = day == "all" ? 0 : std::strtol(day.c_str(), nullptr, 10) % days;
    for (const std::string &name : autoschedulers_for("cpu")) {
        for (const std::string &op : operators()) {
            if (day == "all" || number % days == part) {
                pairs.emplace_back(op, name);
            }
            number++;
        }
    }
    return pairs;
}

std::string today() {
    if (const char *day = std::getenv("FSDNET_TEST_DAY")) {
        return day;
    }
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::to_string(std::chrono::duration_cast<std::chrono::hours>(since).count() / 24);
}

}  // namespace

TEST_CASE("each operator is scheduled by each autoscheduler, or the table says why not", "[autoschedulers]") {
    const std::map<Pair, std::string> refused = refusals();
    const std::vector<Pair> pairs = pairs_of_day(today());
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

TEST_CASE("two autoschedulers or more schedule nearly every operator", "[autoschedulers]") {
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
