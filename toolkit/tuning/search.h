// In which order candidates are tried: guesses, the neighbors of the best one, then values drawn at random.
#pragma once

#include "toolkit/tuning/candidate.h"

#include <optional>
#include <random>
#include <set>

namespace fsd::tuning {

// Deterministic: told the same outcomes, it proposes the same candidates, which is how an interrupted search
// goes on.
class Search {
public:
    // Throws Error(usage) where a guess has other parameters.
    explicit Search(std::vector<ParameterChoices> parameters, const std::vector<Candidate> &guesses = {});

    // A candidate that was not tried; nothing when all were, or when drawing finds no new one any more.
    std::optional<Candidate> next();

    // Tells what became of a candidate; one that was kept is the best from now on.
    void tried(const Candidate &candidate, bool kept);

    const Candidate &best() const { return best_; }
    double size() const;  // number of candidates in all

private:
    std::optional<Candidate> guess() const;
    std::optional<Candidate> neighbor();
    std::optional<Candidate> drawn();
    bool is_new(const Candidate &candidate) const { return tried_.count(candidate.name()) == 0; }

    std::vector<ParameterChoices> parameters_;
    std::vector<Candidate> guesses_;
    Candidate best_;
    std::set<std::string> tried_;
    std::mt19937 random_{1};
};

}  // namespace fsd::tuning
