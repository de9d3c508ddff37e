// Case of h_score_loss.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// The logits without their means, and what belongs to the batch.
struct Centered {
    std::vector<double> share, mean, log_mean_posterior;
    Values logits;
};

Centered centered_of(const Values &logits, const Values &label) {
    const int samples = logits.shape[0], classes = logits.shape[1];
    Centered found{std::vector<double>(classes), std::vector<double>(classes), {}, logits};
    for (int sample = 0; sample < samples; sample++) {
        found.share[static_cast<std::size_t>(label(sample))] += 1. / samples;
    }
    for (int sample = 0; sample < samples; sample++) {
        double row_mean = 0;
        for (int c = 0; c < classes; c++) {
            row_mean += found.share[c] * logits(sample, c);
        }
        for (int c = 0; c < classes; c++) {
            found.logits(sample, c) -= row_mean;
            found.mean[c] += found.logits(sample, c) / samples;
        }
    }
    const double largest = *std::max_element(found.mean.begin(), found.mean.end());
    double sum = 0;
    for (int c = 0; c < classes; c++) {
        sum += std::exp(found.mean[c] - largest);
        for (int sample = 0; sample < samples; sample++) {
            found.logits(sample, c) -= found.mean[c];
        }
    }
    for (const double mean : found.mean) {
        found.log_mean_posterior.push_back(mean - largest - std::log(sum));
    }
    return found;
}

// Of M, the largest logit's magnitude: a mean over the classes and one over the samples have a rounding per
// term, so that a centered logit is off by e = (C + N + 8) eps 2 M. S bounds centered logits; a square is off
// by 2 S e and the sum over the classes by C roundings of S^2. The mean posterior moves by twice e and has
// the roundings of C exponentials.
void allow_errors(Problem &problem, const Centered &centered) {
    const double samples = problem.extent("sample"), classes = problem.extent("class");
    double logit = 1, largest = 0;
    for (const double z : problem["log_posterior"].data) {
        logit = std::max(logit, std::fabs(z));
    }
    for (const double s : centered.logits.data) {
        largest = std::max(largest, std::fabs(s));
    }
    const double e = (classes + samples + 8) * epsilon * 2 * logit;
    const double posterior = 2 * e + (classes + 8) * epsilon;
    allow_error(problem, "loss",
                (largest + 1) * e + (classes + 4) * epsilon * largest * largest + posterior +
                    4 * epsilon * logit);
    allow_error(problem, "d_logits", e + posterior + 3 * epsilon * (1 + largest));
}

void reference(Problem &problem) {
    const Values logits = problem["log_posterior"];
    const int samples = problem.extent("sample"), classes = problem.extent("class");
    const Centered centered = centered_of(logits, problem["label"]);
    Values &loss = problem.output("loss", {samples});
    Values &d_logits = problem.output("d_logits", logits.shape);
    for (int sample = 0; sample < samples; sample++) {
        const auto label = static_cast<int>(problem["label"](sample));
        loss(sample) = -centered.logits(sample, label) - centered.log_mean_posterior[label];
        for (int c = 0; c < classes; c++) {
            const double s = centered.logits(sample, c), weighted = centered.share[c] * s;
            loss(sample) += weighted * s / 2;
            d_logits(sample, c) = weighted + std::exp(centered.log_mean_posterior[c]) - (c == label ? 1 : 0);
        }
    }
    allow_errors(problem, centered);
}

const CaseOf h_score_loss{{
    "h_score_loss",
    {{"log_posterior", Domain::log_probability}, {"label", Domain::labels}},
    {},
    {{{"sample", 1}, {"class", 1}},
     {{"sample", 3}, {"class", 2}},
     {{"sample", 50}, {"class", 10}},
     {{"sample", 17}, {"class", 16}},
     {{"sample", 5}, {"class", 17}},
     {{"sample", 2}, {"class", 1000}}},
    {{{"sample", 50}, {"class", 10}}},
    reference,
    allowed_error_of_output,
    per_element("log_posterior", 14, 8),
}};

}  // namespace
}  // namespace fsd::testing
