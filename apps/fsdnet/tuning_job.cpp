// Reads shapes and durations.
#include "apps/fsdnet/tuning_job.h"

#include "apps/fsdnet/assignments.h"
#include "runtime/error.h"
#include "toolkit/system/number_text.h"

#include <cmath>
#include <map>
#include <optional>
#include <sstream>

namespace fsd::command_line {
namespace {

Extents parse_extents(const std::string &op, const std::string &shape) {
    Extents extents;
    std::istringstream in(shape);
    for (std::string part; std::getline(in, part, ',');) {
        const auto [name, value] = split_assignment("--shape", part);
        tuning::require_axis(op, name, "--shape " + shape);
        const std::optional<int> extent = whole_number<int>(value);
        if (extent.value_or(-1) < 0) {
            throw Error(ExitCode::usage, text("--shape ", shape, ": '", value, "' is no extent."));
        }
        extents[name] = *extent;
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
    const std::map<char, double> units = {{'s', 1}, {'m', 60}, {'h', 3600}};
    const auto unit = units.find(duration.empty() ? ' ' : duration.back());
    const std::optional<double> number =
        finite_number(unit == units.end() ? duration : duration.substr(0, duration.size() - 1));
    const double seconds = number.value_or(0) * (unit == units.end() ? 1 : unit->second);
    if (!(seconds > 0) || !std::isfinite(seconds)) {
        throw Error(ExitCode::usage,
                    text("A duration is written 90, 90s, 10m or 1.5h; found '", duration, "'."));
    }
    return seconds;
}

}  // namespace fsd::command_line
