// What measurements decided, as it is kept in schedules/tuned/<op>.json and applied by every build.
#pragma once

#include "toolkit/tuning/journal.h"

#include <map>
#include <optional>

namespace fsd::tuning {

struct ShapeRecord {
    Extents shape;
    double standard_seconds = 0;  // of one call with the defaults, median
    Ratio tuned;                  // time with the recorded parameters / time with the defaults
    // Time / time with the defaults; nothing where the autoscheduler's proposal failed.
    std::map<std::string, std::optional<double>> autoschedulers;
};

// One per target and CPU model.
struct Record {
    Subject subject;  // `shapes` as below
    ParameterValues parameters;
    Ratio tuned;  // geometric mean over the shapes
    std::vector<ShapeRecord> shapes;
};

// <source>/schedules/tuned/<op>.json
std::string record_path(const std::string &source, const std::string &op);

// Empty where there is no file. Throws Error(bad_input) that names the file and what is wrong in it.
std::vector<Record> read_records(const std::string &path, const std::string &op);

// Puts the record in the place of the one for the same target and CPU.
void keep_record(const std::string &path, const Record &record);

// All operators that have a file in schedules/tuned/, sorted.
std::vector<std::string> recorded_ops(const std::string &source);

// The command that measures a record again.
std::string renewing_command(const Record &record);

}  // namespace fsd::tuning
