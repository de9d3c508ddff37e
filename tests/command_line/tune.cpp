// `fsdnet tune` as users run it: what it refuses, and one short search.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd::testing;

TEST_CASE("tune refuses what makes no sense", "[tune]") {
    require_refusal({"tune"}, 2, "Name an operator");
    require_refusal({"tune", "no_such_op"}, 4, "no_such_op");
    require_refusal({"tune", "kld_linear", "--shape", "sample=1,height=3"}, 2, "no axis 'height'");
    require_refusal({"tune", "kld_linear", "--shape", "sample=1"}, 2, "input");
    require_refusal({"tune", "kld_linear", "--shape", "sample=x,input=1,output=1"}, 2, "'x' is no extent");
    require_refusal({"tune", "kld_linear", "--budget", "soon"}, 2, "'soon'");
    require_refusal({"tune", "kld_linear", "--target", "sparc"}, 2, "'sparc'");
    require_refusal({"tune", "kld_conv", "--replay", "/no/such/log"}, 3, "/no/such/log");
    require_refusal({"tune", "kld_linear", "--shard", "3/2"}, 2, "i/n with i from 1 to n");
    require_refusal({"tune", "kld_linear", "--shard", "1/2", "--adopt"}, 2, "--adopt");
    require_refusal({"tune", "kld_linear", "--try", "vector_width"}, 2, "'vector_width'");
    require_refusal({"tune", "--model", "x", "--try", "vector_width:8"}, 2, "operator");
    require_refusal({"tune", "--merge", "/no/such/log"}, 3, "/no/such/log");
    require_refusal({"tune", "kld_linear", "--weights", "w.weights"}, 2, "--retrain");
    require_refusal({"tune", "kld_linear", "--retrain", "--weights", "/tmp/w"}, 2, "ends in .weights");
}

TEST_CASE("a log cannot have other programs run", "[tune]") {
    const TemporaryFolder folder;
    write_bytes(folder / "log",
                R"({"op": "../../evil", "target": "baseline", "cpu": "x", "digest": "d", "threads": 1, )"
                R"("shapes": [{"sample": 64}]})"
                "\n");
    require_refusal({"tune", "--replay", folder / "log"}, 3,
                    "operator '../../evil', which this fsdnet does not have");
}

TEST_CASE("tune says what it lacks", "[tune]") {
    require_refusal({"tune", "kld_linear", "--build", "/nowhere"}, 4, "/nowhere/tuning.json");
    if (fsdnet({"doctor"}).output.find("libcuda.so.1 cannot be loaded") != std::string::npos) {
        require_refusal({"tune", "kld_linear", "--target", "cuda"}, 4, "cuda");
    }
    require_refusal({"tune", "adam"}, 4, "has no parameters");
    require_refusal({"tune", "adam", "--build", "/nowhere"}, 4,
                    "cmake --build /nowhere --target tuning_tools");
}

TEST_CASE("tune adopts from what prints its schedules, for CPUs", "[tune]") {
    const std::vector<std::string> adopting = {
        "tune",    "kld_linear", "--shape",         "sample=2,input=3,output=4",
        "--adopt", "--adopted",  "/nowhere/adopted"};
    const auto with = [&](const std::vector<std::string> &options) {
        std::vector<std::string> all = adopting;
        all.insert(all.end(), options.begin(), options.end());
        return all;
    };
    require_refusal(with({"--autoscheduler", "Nobody2000"}), 2, "'Nobody2000'");
    require_refusal(with({"--autoscheduler", "Li2018"}), 4, "only Adams2019 prints schedules");
}

TEST_CASE("tune says of each shape whether a kernel was adopted, and why not", "[tune]") {
    const TemporaryFolder folder;
    const nlohmann::json all = fsdnet_json({"tune", "kld_linear", "--shape", "sample=2,input=3,output=4",
                                            "--autoscheduler", "Adams2019", "--adopt", "--adopted",
                                            folder / "adopted", "--log", folder / "log", "--limit", "5m"});
    REQUIRE(all.size() == 1);
    const bool adopted = all[0].at("adopted");
    REQUIRE(all[0].at("entry").at("verdict") == "timed");
    REQUIRE(all[0].at("files").size() == (adopted ? 2 : 0));
    REQUIRE(std::filesystem::exists(folder / "adopted/kld_linear") == adopted);
    // Only what a second measurement confirmed.
    REQUIRE(adopted == (all[0].at("entry").value("final", false) && all[0].at("entry").at("kept")));
}

TEST_CASE("tune retrains the cost model within its budget, and says what changed", "[tune]") {
    const TemporaryFolder folder;
    const std::string weights = folder / "own/adams.weights";
    const auto retrain = [&](const std::string &budget) {
        return fsdnet_json({"tune", "kld_linear", "--shape", "sample=2,input=3,output=4", "--retrain",
                            "--weights", weights, "--candidates", "1", "--budget", budget, "--limit", "5m"});
    };
    // One schedule whatever the budget is, and then nothing more.
    const nlohmann::json first = retrain("0.001s");
    CHECK(first.at("timed") == 1);
    CHECK(first.at("learned") == 1);
    CHECK(first.at("retrained") == 1);
    REQUIRE(first.at("shapes").size() == 1);
    CHECK(first.at("shapes")[0].at("left_out") == true);
    const std::string trained = read_bytes(weights);
    // A larger one goes on: with one schedule at most, only the comparison is left to do.
    const nlohmann::json second = retrain("1h");
    CHECK(second.at("timed") == 1);
    CHECK(second.at("retrained") == 1);
    CHECK(second.at("elapsed") > first.at("elapsed"));
    CHECK(second.at("shapes")[0].at("ratio")[1] > 0);
    CHECK(read_bytes(weights) == trained);
    // What is known is not measured again.
    CHECK(retrain("0.001s") == second);
}

TEST_CASE("tune prints the records as a table or as JSON", "[tune]") {
    const Outcome table = fsdnet({"tune", "--table"});
    REQUIRE(table.code == 0);
    for (const nlohmann::json &file : fsdnet_json({"tune", "--table", "--json"})) {
        REQUIRE_FALSE(file.at("records").empty());
        REQUIRE(table.output.find(file.at("op").get<std::string>()) != std::string::npos);
    }
}

TEST_CASE("tune searches, writes log and picture, and replays the decision", "[tune]") {
    const TemporaryFolder folder;
    const nlohmann::json outcomes = fsdnet_json(
        {"tune", "kld_linear", "--shape", "sample=2,input=3,output=4", "--candidates", "1", "--no-record",
         "--log", folder / "log", "--picture", folder / "search.svg", "--limit", "5m", "--budget", "1h"});
    REQUIRE(outcomes.size() == 1);
    const nlohmann::json &outcome = outcomes[0];
    REQUIRE(outcome.at("op") == "kld_linear");
    REQUIRE(outcome.at("shapes")[0].at("input") == 3);
    REQUIRE(outcome.at("wrong") == 0);
    REQUIRE(outcome.at("timed").get<int>() + outcome.at("failed").get<int>() ==
            4);  // three autoschedulers, one more
    REQUIRE(read_bytes(folder / "search.svg").find("<svg") != std::string::npos);

    const Outcome replayed = fsdnet({"tune", "--replay", folder / "log", "--json"});
    REQUIRE((replayed.code == 0 || replayed.code == 1));  // 1: the gain of tiny shapes may vanish
    REQUIRE(nlohmann::json::parse(replayed.output).at("entry").at("checked") > 20);
}

TEST_CASE("tune searches in shards, and merges their logs into one", "[tune]") {
    const TemporaryFolder folder;
    const std::vector<std::string> search = {
        "tune", "kld_linear", "--shape", "sample=2,input=3,output=4", "--candidates", "2", "--limit",
        "5m",   "--budget",   "1h"};
    int timed = 0;
    for (const std::string shard : {"1", "2"}) {
        std::vector<std::string> words = search;
        words.insert(words.end(), {"--shard", shard + "/2", "--log", folder / ("log" + shard)});
        const nlohmann::json parts = fsdnet_json(words);
        REQUIRE(parts.size() == 1);
        CHECK(parts[0].at("share") == shard + "/2");
        CHECK(parts[0].at("wrong") == 0);
        timed += parts[0].at("timed").get<int>() + parts[0].at("failed").get<int>();
    }
    CHECK(timed == 5);  // three autoschedulers, two candidates
    const nlohmann::json merged =
        fsdnet_json({"tune", "--merge", folder / "log2", folder / "log1", "--no-record", "--log",
                     folder / "log", "--picture", folder / "search.svg", "--limit", "5m"});
    REQUIRE(merged.size() == 1);
    CHECK(merged[0].at("op") == "kld_linear");
    CHECK(merged[0].at("recorded") == false);
    const int taken = merged[0].at("timed").get<int>() + merged[0].at("failed").get<int>();
    CHECK((taken == 4 || taken == 5));  // the second candidate is left out where the first one is better
    CHECK(read_bytes(folder / "search.svg").find("<svg") != std::string::npos);
    // The log is that of a whole search: the same command goes on with it, and finds nothing to try.
    std::vector<std::string> again = search;
    again[5] = std::to_string(taken - 3);
    again.insert(again.end(), {"--no-record", "--log", folder / "log"});
    const nlohmann::json whole = fsdnet_json(again);
    CHECK(whole[0].at("timed").get<int>() + whole[0].at("failed").get<int>() == taken);

    std::string other = read_bytes(folder / "log1");
    const std::size_t digest = other.find(R"("digest":")") + 10;
    other.replace(digest, 16, "0123456789abcdef");
    write_bytes(folder / "other", other);
    require_refusal({"tune", "--merge", folder / "log1", folder / "other"}, 3, "different things");
    require_refusal({"tune", "--merge", folder / "other"}, 3, "digest 0123456789abcdef");
}
