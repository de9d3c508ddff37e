// One search on several machines: shares, rounds, and the log and the record of a single run at the end. How
// long a candidate takes is made up here, so that every run finds the same times.
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "toolkit/tuning/course.h"
#include "toolkit/tuning/merge.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <set>

using namespace fsd::testing;
using namespace fsd::tuning;

namespace {

const Subject subject{"kld_linear",       "avx2", "Test CPU",
                      "0123456789abcdef", 1,      {{{"sample", 4}}, {{"sample", 8}}}};

const std::vector<ParameterChoices> space = {{"rows", "8", {"4", "8", "12", "16"}},
                                             {"vectors", "2", {"1", "3", "4"}},
                                             {"terms", "1", {"2", "4", "8"}}};

// Seconds of a call, between 1 and 2, by name and seed (FNV-1a).
double made_up_seconds(const Candidate &candidate, unsigned seed) {
    std::uint64_t hash = 14695981039346656037u + seed;
    for (const char letter : candidate.name()) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211u;
    }
    return 1 + static_cast<double>(hash >> 40) / (1 << 24);
}

JournalEntry made_up(const Candidate &candidate, const Candidate &best, int shape, bool final,
                     unsigned seed) {
    JournalEntry entry;
    entry.candidate = candidate;
    entry.shape = shape;
    entry.final = final;
    entry.against = best.name();
    entry.verdict = "timed";
    entry.checked = 1;
    entry.elapsed = 1;
    const double seconds = made_up_seconds(candidate, seed), standard = made_up_seconds(best, seed);
    const std::size_t shapes = shape < 0 ? subject.shapes.size() : 1;
    const double ratio = seconds / standard;
    entry.comparison.all = {ratio, ratio, ratio};
    entry.comparison.shapes.assign(shapes, entry.comparison.all);
    entry.best_seconds.assign(shapes, standard);
    entry.seconds.assign(shapes, seconds);
    entry.kept = candidate.autoscheduler.empty() && ratio < 0.99;
    return entry;
}

struct Machine {
    explicit Machine(unsigned seed, int candidates) {
        options.candidates = candidates;
        options.budget = 1e9;
        options.autoschedulers = {"Adams2019", "Mullapudi2016"};
        course.judge = [this, seed](const Candidate &candidate, const Candidate &best, int shape,
                                    bool final) {
            judged++;
            return made_up(candidate, best, shape, final, seed);
        };
    }

    int judged = 0;
    TuningOptions options;
    SearchCourse course{space, subject, options, {}};
};

struct Outcome {
    std::string log, record;
    int rounds = 0;
};

std::string record_text(const TemporaryFolder &folder, const Record &record) {
    keep_record(folder / "record.json", record);
    return read_bytes(folder / "record.json");
}

Outcome one_run(unsigned seed, int candidates) {
    const TemporaryFolder folder;
    Machine machine(seed, candidates);
    Journal journal(folder / "log", subject);
    search(machine.course, journal);
    const Record record = decide(machine.course, journal);
    return {read_bytes(folder / "log"), record_text(folder, record), 1};
}

// Each shard begins with the log that was merged before; until merging gains nothing any more.
Outcome in_shards(unsigned seed, int candidates, int shards) {
    const TemporaryFolder folder;
    Machine machine(seed, candidates);
    Journal merged(folder / "log", subject);
    Outcome outcome;
    for (std::size_t before = 0;; before = merged.entries().size(), outcome.rounds++) {
        std::vector<std::string> logs;
        for (int shard = 0; shard < shards; shard++) {
            logs.push_back(folder / ("shard" + std::to_string(shard)));
            std::filesystem::copy_file(folder / "log", logs.back(),
                                       std::filesystem::copy_options::overwrite_existing);
            Journal own(logs.back(), subject);
            machine.options.share = {shard, shards};
            search(machine.course, own);
        }
        merged.write_anew(subject, as_one_run(machine.course, read_logs(logs).entries));
        REQUIRE(merged.entries().size() >= before);
        if (merged.entries().size() == before) {
            break;
        }
    }
    outcome.record = record_text(folder, decide(machine.course, merged));
    outcome.log = read_bytes(folder / "log");
    return outcome;
}

}  // namespace

TEST_CASE("shards give the log and the record of one run", "[tuning]") {
    std::set<std::string> decisions;
    for (const unsigned seed : {1u, 2u, 3u, 4u}) {
        for (const int candidates : {1, 7, 20, 1000}) {  // 79 are all
            const Outcome whole = one_run(seed, candidates);
            decisions.insert(whole.record);
            for (const int shards : {1, 2, 3, 8}) {
                INFO("seed " << seed << ", " << candidates << " candidates, " << shards << " shards");
                const Outcome parts = in_shards(seed, candidates, shards);
                CHECK(parts.log == whole.log);
                CHECK(parts.record == whole.record);
            }
        }
    }
    REQUIRE(decisions.size() > 8);  // they are about something
}

TEST_CASE("shards judge each candidate once while no other shard finds a better one", "[tuning]") {
    const TemporaryFolder folder;
    Machine machine(1, 20);
    machine.course.judge = [&](const Candidate &candidate, const Candidate &best, int shape, bool final) {
        machine.judged++;
        JournalEntry entry = made_up(candidate, best, shape, final, 1);
        entry.kept = false;
        return entry;
    };
    std::vector<std::string> logs;
    for (int shard = 0; shard < 4; shard++) {
        logs.push_back(folder / ("shard" + std::to_string(shard)));
        Journal own(logs.back(), subject);
        machine.options.share = {shard, 4};
        search(machine.course, own);
        CHECK(own.entries().size() == 6);  // one of four proposals of autoschedulers, five of 20 candidates
    }
    CHECK(machine.judged == 24);
    CHECK(as_one_run(machine.course, read_logs(logs).entries).size() == 24);
}

TEST_CASE("an interrupted shard goes on where it stopped", "[tuning]") {
    const TemporaryFolder folder;
    Machine whole(2, 20), first(2, 9), second(2, 20);
    for (Machine *machine : {&whole, &first, &second}) {
        machine->options.share = {1, 3};
    }
    Journal at_once(folder / "at_once", subject), in_two(folder / "in_two", subject);
    search(whole.course, at_once);
    search(first.course, in_two);
    REQUIRE(in_two.entries().size() < at_once.entries().size());
    search(second.course, in_two);
    REQUIRE(read_bytes(folder / "in_two") == read_bytes(folder / "at_once"));
    REQUIRE(second.judged == whole.judged - first.judged);
}

TEST_CASE("operators are dealt to shards, and shards that are left over join in", "[tuning]") {
    for (const int operators : {1, 2, 5, 12}) {
        for (const int shards : {1, 2, 3, 5, 16}) {
            INFO(operators << " operators, " << shards << " shards");
            std::set<int> busy;
            for (int op = 0; op < operators; op++) {
                std::set<int> parts;
                int count = 0;
                for (int number = 1; number <= shards; number++) {
                    if (const auto share = share_of({number, shards}, op, operators)) {
                        CHECK((parts.empty() || share->count == count));
                        count = share->count;
                        parts.insert(share->index);
                        busy.insert(number);
                    }
                }
                CHECK(static_cast<int>(parts.size()) == count);  // every part once
                CHECK((*parts.begin() == 0 && *parts.rbegin() == count - 1));
            }
            CHECK(static_cast<int>(busy.size()) == shards);
        }
    }
}

TEST_CASE("a shard is written i/n", "[tuning]") {
    CHECK(shard_from("2/4").name() == "2/4");
    CHECK(shard_from("1/1").count == 1);
    for (const char *wrong :
         {"", "2", "/", "2/", "/4", "0/4", "5/4", "-1/4", "1/0", "a/b", "1/4/2", "1.5/4", "1/99999999999"}) {
        INFO(wrong);
        CHECK_THROWS_WITH(shard_from(wrong), Catch::Contains("i/n") && Catch::Contains(wrong));
    }
}

TEST_CASE("logs of different searches are not merged", "[tuning]") {
    const TemporaryFolder folder;
    Subject other = subject;
    other.cpu = "Other CPU";
    const Journal one(folder / "one", subject), two(folder / "two", other);
    REQUIRE_THROWS_WITH(read_logs({folder / "one", folder / "two"}), Catch::Contains(folder / "two"));
    REQUIRE_THROWS_WITH(read_logs({folder / "one", folder / "missing"}), Catch::Contains("no line"));
    REQUIRE(read_bytes(folder / "two").find("Other CPU") != std::string::npos);  // left as it is
}
