// Coordinate descent from the defaults or the best guess, then random candidates around the whole space.
#include "toolkit/tuning/search.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

// Draws without a new candidate, after which the space counts as exhausted.
constexpr int most_draws = 1000;

Candidate with(const Candidate &candidate, const ParameterChoices &parameter, const std::string &value) {
    Candidate changed = candidate;
    if (value == parameter.standard) {
        changed.parameters.erase(parameter.name);
    } else {
        changed.parameters[parameter.name] = value;
    }
    return changed;
}

}  // namespace

Search::Search(std::vector<ParameterChoices> parameters, const std::vector<Candidate> &guesses)
    : parameters_(std::move(parameters)) {
    for (const Candidate &guess : guesses) {
        guesses_.push_back(of_parameters(guess, parameters_));
    }
    tried_.insert(best_.name());
}

std::optional<Candidate> Search::next() {
    std::optional<Candidate> found = guess();
    found = found ? found : neighbor();
    return found ? found : drawn();
}

std::optional<Candidate> Search::guess() const {
    const auto found = std::find_if(guesses_.begin(), guesses_.end(),
                                    [&](const Candidate &candidate) { return is_new(candidate); });
    return found == guesses_.end() ? std::nullopt : std::optional(*found);
}

void Search::tried(const Candidate &candidate, bool kept) {
    tried_.insert(candidate.name());
    if (kept) {
        best_ = candidate;
    }
}

double Search::size() const {
    double size = 1;
    for (const ParameterChoices &parameter : parameters_) {
        std::set<std::string> values(parameter.choices.begin(), parameter.choices.end());
        values.insert(parameter.standard);
        size *= static_cast<double>(values.size());
    }
    return size;
}

std::optional<Candidate> Search::neighbor() {
    for (const ParameterChoices &parameter : parameters_) {
        std::vector<std::string> values = parameter.choices;
        values.push_back(parameter.standard);
        for (const std::string &value : values) {
            Candidate changed = with(best_, parameter, value);
            if (is_new(changed)) {
                return changed;
            }
        }
    }
    return std::nullopt;
}

std::optional<Candidate> Search::drawn() {
    for (int draw = 0; draw < most_draws; draw++) {
        Candidate changed;
        for (const ParameterChoices &parameter : parameters_) {
            std::vector<std::string> values = parameter.choices;
            values.push_back(parameter.standard);
            changed = with(changed, parameter, values[random_() % values.size()]);
        }
        if (is_new(changed)) {
            return changed;
        }
    }
    return std::nullopt;
}

}  // namespace fsd::tuning
