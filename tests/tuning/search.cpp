// The order of candidates: all of a small space once, around the best one first, the same after an
// interruption.
#include "toolkit/tuning/search.h"
#include "runtime/error.h"

#include <catch2/catch.hpp>

using namespace fsd::tuning;

namespace {

const std::vector<ParameterChoices> space = {{"rows", "8", {"4", "8", "12"}}, {"vectors", "2", {"1"}}};

}  // namespace

TEST_CASE("a search tries every candidate once and never the defaults", "[tuning]") {
    Search search(space);
    REQUIRE(search.size() == 6);
    std::set<std::string> names;
    while (const auto candidate = search.next()) {
        REQUIRE(names.insert(candidate->name()).second);
        search.tried(*candidate, false);
    }
    REQUIRE(names ==
            std::set<std::string>{"rows:4", "rows:12", "vectors:1", "rows:4,vectors:1", "rows:12,vectors:1"});
}

TEST_CASE("a search goes on from the best candidate", "[tuning]") {
    Search search(space);
    const Candidate tall{{{"rows", "12"}}, ""};
    search.tried({{{"rows", "4"}}, ""}, false);
    search.tried(tall, true);
    REQUIRE(search.best() == tall);
    REQUIRE(search.next()->name() == "rows:12,vectors:1");
}

TEST_CASE("guesses come first, and the search goes on from the best of them", "[tuning]") {
    Search search(
        space, {read_candidate("vectors:1"), read_candidate("rows:8"), read_candidate("rows:12,vectors:2")});
    CHECK(search.next()->name() == "vectors:1");
    search.tried(*search.next(), true);
    CHECK(search.next()->name() == "rows:12");  // rows:8 and vectors:2 are the defaults
    search.tried(*search.next(), false);
    CHECK(search.next()->name() == "rows:4,vectors:1");
    for (const char *wrong : {"rows", "rows:", ":4", "rows:4,rows:8", "rows:4:8", "rows=4"}) {
        CHECK_THROWS_AS(read_candidate(wrong), fsd::Error);
    }
    CHECK_THROWS_WITH(Search(space, {read_candidate("columns:1")}),
                      "The schedule has no parameter 'columns'; it has rows, vectors.");
}

TEST_CASE("told the same outcomes, a search proposes the same candidates", "[tuning]") {
    std::vector<ParameterChoices> large;
    for (const char *name : {"a", "b", "c"}) {
        large.push_back({name, "0", {"1", "2", "3", "4", "5", "6", "7", "8", "9"}});
    }
    Search whole(large), resumed(large);
    for (int i = 0; i < 60; i++) {
        const Candidate candidate = *whole.next();
        REQUIRE(*resumed.next() == candidate);
        whole.tried(candidate, i == 7);
        resumed.tried(candidate, i == 7);
    }
}

TEST_CASE("a listing that is none is an error", "[tuning]") {
    REQUIRE(read_parameter_listing("rows 8 4 12\n").front().choices == std::vector<std::string>{"4", "12"});
    REQUIRE(read_parameter_listing("").empty());
    REQUIRE_THROWS_AS(read_parameter_listing("rows\n"), fsd::Error);
}
