// Records: written, read back, replaced; those of the project speak of its sources as they are.
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/digest.h"
#include "toolkit/tuning/report.h"

#include <catch2/catch.hpp>

using namespace fsd::testing;
using namespace fsd::tuning;

namespace {

Record record_for(const std::string &family, const std::string &cpu) {
    Record record;
    record.subject = {"kld_linear",       family, cpu,
                      "0123456789abcdef", 1,      {{{"sample", 4}, {"input", 3}, {"output", 2}}}};
    record.parameters = {{"wide_tiles", "2x12"}};
    record.tuned = {0.7, 0.8, 0.9};
    record.shapes = {
        {record.subject.shapes[0], 1e-3, {0.7, 0.8, 0.9}, {{"Adams2019", 4.}, {"Li2018", std::nullopt}}}};
    return record;
}

}  // namespace

TEST_CASE("a record is read back, and replaced by one for the same target and CPU", "[tuning]") {
    const TemporaryFolder folder;
    const std::string path = folder / "schedules/tuned/kld_linear.json";
    REQUIRE(read_records(path, "kld_linear").empty());
    keep_record(path, record_for("avx2", "A"));
    keep_record(path, record_for("avx512", "A"));
    keep_record(path, record_for("avx2", "B"));
    Record renewed = record_for("avx2", "A");
    renewed.parameters.clear();
    keep_record(path, renewed);
    const std::vector<Record> records = read_records(path, "kld_linear");
    REQUIRE(records.size() == 3);
    REQUIRE(records[0].subject == renewed.subject);
    REQUIRE(records[0].parameters.empty());
    REQUIRE(records[1].parameters == record_for("avx512", "A").parameters);
    REQUIRE(records[2].subject.cpu == "B");
    REQUIRE(*records[2].shapes[0].autoschedulers.at("Adams2019") == 4);
    REQUIRE_FALSE(records[2].shapes[0].autoschedulers.at("Li2018"));
    REQUIRE(recorded_ops(folder.path()) == std::vector<std::string>{"kld_linear"});
}

TEST_CASE("a spoiled record is an error that names the file", "[tuning]") {
    const TemporaryFolder folder;
    for (const char *bytes :
         {"", "[]", "{\"records\": [{}]}", "{\"records\": 3", "{\"op\": \"kld_linear\"}"}) {
        write_bytes(folder / "kld_linear.json", bytes);
        REQUIRE_THROWS_WITH(read_records(folder / "kld_linear.json", "kld_linear"),
                            Catch::Contains(folder / "kld_linear.json"));
    }
}

TEST_CASE("summaries are geometric means over the shapes", "[tuning]") {
    Record fast = record_for("avx2", "A"), faster = fast;
    faster.shapes[0].tuned.middle = 0.2;
    const Summary summary = summary_of({fast, faster});
    REQUIRE(summary.shapes == 2);
    REQUIRE(summary.gain == Approx(2.5));                  // sqrt(1 / 0.8 * 1 / 0.2)
    REQUIRE(summary.over_autoschedulers == Approx(10.0));  // sqrt(4 / 0.8 * 4 / 0.2)
    REQUIRE(summary_of({}).shapes == 0);
}

TEST_CASE("the records in schedules/tuned/ were measured with the sources as they are", "[tuning]") {
    for (const std::string &op : recorded_ops(FSDNET_SOURCE)) {
        for (const Record &record : read_records(record_path(FSDNET_SOURCE, op), op)) {
            INFO("The record of " << op << " for " << record.subject.family << " on " << record.subject.cpu
                                  << " is stale: generator or schedule have changed since it was measured. "
                                  << "This command renews it: " << renewing_command(record));
            CHECK(record.subject.digest ==
                  source_digest(FSDNET_SOURCE, op, schedules_of(record.subject.family)));
        }
    }
}

TEST_CASE("docs/tuned-kernels.md shows the records", "[tuning]") {
    std::vector<Record> records;
    for (const std::string &op : recorded_ops(FSDNET_SOURCE)) {
        for (const Record &record : read_records(record_path(FSDNET_SOURCE, op), op)) {
            records.push_back(record);
        }
    }
    INFO("This command renews the page: build/release/bin/fsdnet tune --table > docs/tuned-kernels.md");
    CHECK(read_bytes(FSDNET_SOURCE "/docs/tuned-kernels.md") ==
          markdown_document(records, read_adoptions(FSDNET_SOURCE "/schedules/tuned")));
}
