// Names of candidates, and the listing of a schedule's parameters.
#include "toolkit/tuning/candidate.h"

#include "runtime/error.h"
#include "toolkit/system/list_text.h"

#include <algorithm>
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

Candidate read_candidate(const std::string &name) {
    Candidate candidate;
    for (const std::string &part : split_list(name)) {
        const std::size_t colon = part.find(':');
        const std::string value = colon == std::string::npos ? "" : part.substr(colon + 1);
        if (colon == 0 || value.empty() || value.find_first_of(":= /") != std::string::npos ||
            !candidate.parameters.emplace(part.substr(0, colon), value).second) {
            throw Error(
                ExitCode::usage,
                text("Values of parameters are written vector_width:8,narrow_tile:1x24, each once; found '",
                     name, "'."));
        }
    }
    return candidate;
}

Candidate of_parameters(const Candidate &candidate, const std::vector<ParameterChoices> &parameters) {
    Candidate found;
    for (const auto &[name, value] : candidate.parameters) {
        const auto known = std::find_if(
            parameters.begin(), parameters.end(),
            [&name = name](const ParameterChoices &parameter) { return parameter.name == name; });
        if (known == parameters.end()) {
            std::vector<std::string> names;
            for (const ParameterChoices &parameter : parameters) {
                names.push_back(parameter.name);
            }
            throw Error(ExitCode::usage, text("The schedule has no parameter '", name, "'; it has ",
                                              joined_list(names, ", "), "."));
        }
        if (value != known->standard) {
            found.parameters[name] = value;
        }
    }
    return found;
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
