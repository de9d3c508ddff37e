// Reads shapes and durations.
#include "apps/fsdnet/tuning_job.h"

#include "apps/fsdnet/assignments.h"
#include "runtime/error.h"

#include <cmath>
#include <map>
#include <sstream>

namespace fsd::command_line {
namespace {

Extents parse_extents(const std::string &op, const std::string &shape) {
    Extents extents;
    std::istringstream in(shape);
    for (std::string part; std::getline(in, part, ',');) {
        const auto [name, value] = split_assignment("--shape", part);
        tuning::require_axis(op, name, "--shape " + shape);
        std::istringstream digits(value);
        int extent = -1;
        if (!(digits >> extent) || !digits.eof() || extent < 0) {
            throw Error(ExitCode::usage, text("--shape ", shape, ": '", value, "' is no extent."));
        }
        extents[name] = extent;
    }
    return extents;
}

}  // namespace

std::vector<tuning::Subject> subjects_of(const TuningJob &job, const tuning::BuildTree &tree) {
    tuning::SubjectsWanted wanted = job.wanted;
    for (const std::string &shape : job.shapes) {  // without an operator they are refused as they are
        wanted.shapes.push_back(wanted.op.empty() ? Extents() : parse_extents(wanted.op, shape));
    }
    return tuning::subjects_of(wanted, tree);
}

double seconds_from(const std::string &duration) {
    std::istringstream in(duration);
    double number = 0;
    std::string unit;
    const auto read = static_cast<bool>(in >> number);
    in >> unit;
    const std::map<std::string, double> units = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
    const auto found = units.find(unit);
    if (!read || found == units.end() || !std::isfinite(number) || number <= 0) {
        throw Error(ExitCode::usage,
                    text("A duration is written 90, 90s, 10m or 1.5h; found '", duration, "'."));
    }
    return number * found->second;
}

}  // namespace fsd::command_line
