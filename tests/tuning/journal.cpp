// The log of a search: written, read back, cut off, and mistaken.
#include "toolkit/tuning/journal.h"
#include "runtime/error.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd::testing;
using namespace fsd::tuning;

namespace {

const Subject subject{"kld_linear",       "avx2", "Test CPU",
                      "0123456789abcdef", 1,      {{{"sample", 4}}, {{"sample", 8}}}};

JournalEntry timed_entry() {
    JournalEntry entry;
    entry.candidate.parameters = {{"rows", "12"}};
    entry.verdict = "timed";
    entry.against = "default";
    entry.checked = 7;
    entry.kept = true;
    entry.comparison.all = {0.8, 0.875, 0.9};
    entry.comparison.shapes = {{0.75, 0.8, 0.85}, {0.9, 0.95, 1}};
    entry.best_seconds = {0.5, 0.25};
    entry.seconds = {0.4, 0.2375};
    entry.elapsed = 1.5;
    return entry;
}

JournalEntry failed_entry() {
    JournalEntry entry;
    entry.candidate.autoscheduler = "Adams2019";
    entry.shape = 1;
    entry.verdict = "failed";
    entry.sentence = "It was killed by signal 11.";
    entry.against = "default";
    entry.elapsed = 0.5;
    return entry;
}

}  // namespace

TEST_CASE("a log is read back as it was written", "[tuning]") {
    const TemporaryFolder folder;
    {
        Journal journal(folder / "log", subject);
        journal.append(timed_entry());
        journal.append(failed_entry());
    }
    const Journal journal(folder / "log", subject);
    REQUIRE(journal.entries().size() == 2);
    REQUIRE(journal.elapsed() == 2);
    const JournalEntry &timed = journal.entries()[0], &failed = journal.entries()[1];
    REQUIRE(timed.candidate == timed_entry().candidate);
    REQUIRE(timed.kept);
    REQUIRE(timed.shape == -1);
    REQUIRE(timed.checked == 7);
    REQUIRE(timed.comparison.shapes[1].middle == 0.95);
    REQUIRE(timed.seconds == timed_entry().seconds);
    REQUIRE(failed.candidate == failed_entry().candidate);
    REQUIRE(failed.shape == 1);
    REQUIRE(failed.sentence == failed_entry().sentence);
    REQUIRE(subject_of(folder / "log") == subject);
}

TEST_CASE("a log that was cut off within a line goes on behind the line before", "[tuning]") {
    const TemporaryFolder folder;
    {
        Journal journal(folder / "log", subject);
        journal.append(timed_entry());
    }
    const std::string whole = read_bytes(folder / "log");
    for (std::size_t cut = 1; cut < 40; cut++) {
        write_bytes(folder / "log", whole + whole.substr(whole.find('\n') + 1, cut));
        Journal journal(folder / "log", subject);
        REQUIRE(journal.entries().size() == 1);
        journal.append(failed_entry());
        REQUIRE(Journal(folder / "log", subject).entries().size() == 2);
    }
}

TEST_CASE("a log of another subject is moved aside", "[tuning]") {
    const TemporaryFolder folder;
    Journal(folder / "log", subject).append(timed_entry());
    Subject changed = subject;
    changed.digest = "fedcba9876543210";
    REQUIRE(Journal(folder / "log", changed).entries().empty());
    REQUIRE(subject_of(folder / "log") == changed);
    REQUIRE(subject_of(folder / "log.old") == subject);
}

TEST_CASE("what is no log is an error that names file and line", "[tuning]") {
    const TemporaryFolder folder;
    Journal(folder / "log", subject).append(timed_entry());
    write_bytes(folder / "log", read_bytes(folder / "log") + "{\"verdict\": 3}\n");
    REQUIRE_THROWS_WITH(Journal(folder / "log", subject), Catch::Contains("Line 3 of " + folder / "log"));
    write_bytes(folder / "other", "no log\n");
    REQUIRE_THROWS_WITH(subject_of(folder / "other"), Catch::Contains("Line 1"));
    REQUIRE_THROWS_WITH(subject_of(folder / "missing"), Catch::Contains("no line"));
}

TEST_CASE("a log from elsewhere names nothing but what there is", "[tuning]") {
    const TemporaryFolder folder;
    const auto refusal = [&](const std::string &line) -> std::string {
        write_bytes(folder / "log", line + "\n");
        try {
            subject_of(folder / "log");
        } catch (const fsd::Error &error) {
            return error.what();
        }
        return "accepted";
    };
    const auto subject_line = [](const std::string &op, const std::string &target, const std::string &threads,
                                 const std::string &shapes) {
        return R"({"op": ")" + op + R"(", "target": ")" + target +
               R"(", "cpu": "x", "digest": "d", "threads": )" + threads + R"(, "shapes": )" + shapes + "}";
    };
    const std::string shapes = R"([{"sample": 64, "input": 3, "output": 4}])";
    CHECK(refusal(subject_line("kld_linear", "baseline", "1", shapes)) == "accepted");
    for (const std::string op : {"../../evil", "evil", "", "kld_linear/../kld_linear", "/bin/sh"}) {
        CHECK_THAT(refusal(subject_line(op, "baseline", "1", shapes)),
                   Catch::Contains("operator '" + op + "'"));
    }
    for (const std::string target : {"../avx2", "host", ""}) {
        CHECK_THAT(refusal(subject_line("kld_linear", target, "1", shapes)),
                   Catch::Contains("target '" + target + "'"));
    }
    CHECK_THAT(refusal(subject_line("kld_linear", "baseline", "1", "[]")), Catch::Contains("no shape"));
    CHECK_THAT(refusal(subject_line("kld_linear", "baseline", "1", R"([{"height": 2}])")),
               Catch::Contains("height"));
    for (const std::string number :
         {"-1", "2147483648", "99999999999999999999999", "1e300", "1.5", "\"1\"", "null"}) {
        INFO(number);
        CHECK_THAT(refusal(subject_line("kld_linear", "baseline", number, shapes)),
                   Catch::Contains("Line 1"));
        CHECK_THAT(refusal(subject_line("kld_linear", "baseline", "1", R"([{"sample": )" + number + "}]")),
                   Catch::Contains("Line 1"));
    }
}

TEST_CASE("entries that no search wrote are refused", "[tuning]") {
    const TemporaryFolder folder;
    Journal(folder / "log", subject).append(failed_entry());
    const std::string log = read_bytes(folder / "log");
    const std::vector<std::pair<std::string, std::string>> changes = {
        {R"("shape":1)", R"("shape":2)"},
        {R"("shape":1)", R"("shape":-1)"},
        {R"("shape":1)", R"("shape":99999999999)"},
        {R"("verdict":"failed")", R"("verdict":"good")"},
        {R"("elapsed":0.5)", R"("elapsed":-1)"},
        {R"("checked":0)", R"("checked":1e10)"},
        {R"("autoscheduler":"Adams2019")", R"("parameters":{"a":"1,b:2"})"},
        {R"("autoscheduler":"Adams2019")", R"("parameters":{"a b":"1"})"}};
    for (const auto &[from, to] : changes) {
        INFO(to);
        std::string spoiled = log;
        REQUIRE(spoiled.find(from) != std::string::npos);
        spoiled.replace(spoiled.find(from), from.size(), to);
        write_bytes(folder / "log", spoiled);
        CHECK_THROWS_WITH(Journal(folder / "log", subject), Catch::Contains("Line 2"));
    }
}
