// Reads shapes and durations.
#include "apps/fsdnet/tuning_job.h"

#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "toolkit/system/number_text.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/shapes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace fsd::command_line {
namespace {

// All that there are for the family, or the one that was asked for.
std::vector<std::string> chosen_autoschedulers(const TuningJob &job, const std::string &family) {
    std::vector<std::string> known = tuning::autoschedulers_for(family);
    if (job.autoscheduler.empty()) {
        return known;
    }
    if (std::find(known.begin(), known.end(), job.autoscheduler) == known.end()) {
        throw Error(ExitCode::usage,
                    text("--autoscheduler: '", job.autoscheduler, "' schedules nothing for ", family,
                         "; known are ", joined(nlohmann::ordered_json(known)), "."));
    }
    return {job.autoscheduler};
}

}  // namespace

tuning::TuningOptions options_of(const TuningJob &job, const std::string &family) {
    tuning::TuningOptions options;
    options.budget = job.budget;
    options.limit = job.wanted.limit;
    options.candidates = job.candidates;
    options.guesses = job.guesses;
    options.stop = Interruptible::flag();
    options.autoschedulers = chosen_autoschedulers(job, family);
    return options;
}

std::vector<tuning::Subject> subjects_of(const TuningJob &job, const tuning::BuildTree &tree) {
    tuning::SubjectsWanted wanted = job.wanted;
    for (const std::string &shape : job.shapes) {  // without an operator they are refused as they are
        wanted.shapes.push_back(wanted.op.empty() ? Extents()
                                                  : tuning::read_shape(wanted.op, "--shape", shape));
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
