// Reads and writes the files in schedules/tuned/.
#include "toolkit/tuning/record.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/system/json_document.h"
#include "toolkit/system/limited_file.h"
#include "toolkit/tuning/journal_json.h"

#include <algorithm>
#include <filesystem>

namespace fsd::tuning {
namespace {

constexpr std::uint64_t most_record_bytes = 64 << 20;

Json json_of(const ShapeRecord &shape) {
    Json autoschedulers = Json::object();
    for (const auto &[name, ratio] : shape.autoschedulers) {
        autoschedulers[name] = ratio ? Json(*ratio) : Json(nullptr);
    }
    return {{"shape", shape.shape},
            {"default_seconds", shape.standard_seconds},
            {"tuned", tuning::json_of(shape.tuned)},
            {"autoschedulers", autoschedulers}};
}

ShapeRecord shape_from(const Json &json) {
    ShapeRecord shape;
    shape.shape = extents_from(json.at("shape"));
    shape.standard_seconds = json.at("default_seconds");
    shape.tuned = ratio_from(json.at("tuned"));
    for (const auto &[name, ratio] : json.at("autoschedulers").items()) {
        shape.autoschedulers[name] =
            ratio.is_null() ? std::nullopt : std::optional<double>(ratio.get<double>());
    }
    return shape;
}

Json json_of(const Record &record) {
    Json shapes = Json::array();
    for (const ShapeRecord &shape : record.shapes) {
        shapes.push_back(json_of(shape));
    }
    return {{"target", record.subject.family},
            {"cpu", record.subject.cpu},
            {"digest", record.subject.digest},
            {"threads", record.subject.threads},
            {"parameters", record.parameters},
            {"tuned", tuning::json_of(record.tuned)},
            {"shapes", shapes}};
}

Record record_from(const Json &json, const std::string &op) {
    Record record;
    record.subject = {
        op, json.at("target"), json.at("cpu"), json.at("digest"), whole_from(json.at("threads"), 1, 1024),
        {}};
    record.parameters = json.at("parameters").get<ParameterValues>();
    record.tuned = ratio_from(json.at("tuned"));
    for (const Json &shape : json.at("shapes")) {
        record.shapes.push_back(shape_from(shape));
        record.subject.shapes.push_back(record.shapes.back().shape);
    }
    return record;
}

}  // namespace

std::string record_path(const std::string &source, const std::string &op) {
    return source + "/schedules/tuned/" + op + ".json";
}

std::vector<Record> read_records(const std::string &path, const std::string &op) {
    if (!std::filesystem::exists(path)) {
        return {};
    }
    const std::string bytes = read_limited(path, most_record_bytes,
                                           "a record");  // what cannot be read must not be taken for nothing
    try {
        const Json file = Json::parse(bytes);
        std::vector<Record> records;
        for (const Json &record : file.at("records")) {
            records.push_back(record_from(record, op));
        }
        return records;
    } catch (const std::exception &error) {  // of the JSON library, or NotALog
        throw Error(ExitCode::bad_input, text("The record ", path, " is not what 'fsdnet tune' writes: ",
                                              error.what(), ". Remove the file and tune again."));
    }
}

void keep_record(const std::string &path, const Record &record) {
    std::vector<Record> records = read_records(path, record.subject.op);
    const auto place = std::find_if(records.begin(), records.end(), [&](const Record &other) {
        return other.subject.family == record.subject.family && other.subject.cpu == record.subject.cpu;
    });
    if (place == records.end()) {
        records.push_back(record);
    } else {
        *place = record;
    }
    Json file{{"op", record.subject.op}, {"records", Json::array()}};
    for (const Record &kept : records) {
        file["records"].push_back(json_of(kept));
    }
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    write_file(path, json_document(file, 1) + "\n");
}

std::vector<std::string> recorded_ops(const std::string &source) {
    std::vector<std::string> ops;
    const std::filesystem::path folder = source + "/schedules/tuned";
    if (std::filesystem::is_directory(folder)) {
        for (const auto &file : std::filesystem::directory_iterator(folder)) {
            if (file.path().extension() == ".json") {
                ops.push_back(file.path().stem());
            }
        }
    }
    std::sort(ops.begin(), ops.end());
    return ops;
}

std::string renewing_command(const Record &record) {
    return text("build/release/bin/fsdnet tune ", record.subject.op, " --target ", record.subject.family,
                record.subject.threads == 1 ? "" : text(" --threads ", record.subject.threads));
}

}  // namespace fsd::tuning
