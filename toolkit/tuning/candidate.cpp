// Names of candidates, and the listing of a schedule's parameters.
#include "toolkit/tuning/candidate.h"

#include "runtime/error.h"

#include <sstream>

namespace fsd::tuning {

std::string Candidate::name() const {
    if (!autoscheduler.empty()) {
        return autoscheduler;
    }
    std::string out;
    for (const auto &[parameter, value] : parameters) {
        out.append(out.empty() ? "" : ",").append(parameter).append(":").append(value);
    }
    return out.empty() ? "default" : out;
}

std::vector<ParameterChoices> read_parameter_listing(const std::string &text) {
    std::vector<ParameterChoices> parameters;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        ParameterChoices parameter;
        std::istringstream words(line);
        if (!(words >> parameter.name >> parameter.standard)) {
            throw Error(ExitCode::internal,
                        fsd::text("A generator lists a parameter as '", line, "', without name or default."));
        }
        for (std::string choice; words >> choice;) {
            parameter.choices.push_back(choice);
        }
        parameters.push_back(parameter);
    }
    return parameters;
}

}  // namespace fsd::tuning
