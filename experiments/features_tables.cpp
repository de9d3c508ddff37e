// Universal features on joint tables: criteria B1 to B4 and B9 of arXiv 1905.06600 in docs/analysis.md.
#include "experiments/experiment.h"
#include "experiments/weak_dependence.h"
#include "toolkit/analysis/features/alternation.h"
#include "toolkit/analysis/features/modes.h"
#include "toolkit/analysis/median.h"

#include <Eigen/SVD>

#include <algorithm>
#include <cmath>

namespace fsd::experiments {
namespace {

using namespace analysis;

constexpr int tables = 5;
const std::vector<double> strengths = {0.02, 0.05, 0.1, 0.2, 0.4, 0.5, 0.9};

std::string shown(double number) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.precision(3);
    out << number;
    return out.str();
}

// One row of a table and of a picture: medians over the tables, and the worst of them.
template<typename Match>
class Matches {
public:
    void add(const Match &match) { all_.push_back(match); }
    double middle(double Match::*figure) const { return *median(list(figure)); }
    double least(double Match::*figure) const {
        const std::vector<double> numbers = list(figure);
        return *std::min_element(numbers.begin(), numbers.end());
    }
    double most(double Match::*figure) const {
        const std::vector<double> numbers = list(figure);
        return *std::max_element(numbers.begin(), numbers.end());
    }
    const std::vector<Match> &all() const { return all_; }

private:
    std::vector<double> list(double Match::*figure) const {
        std::vector<double> numbers;
        for (const Match &match : all_) {
            numbers.push_back(match.*figure);
        }
        return numbers;
    }
    std::vector<Match> all_;
};

void judge_alternation(Report &report) {
    double difference = 0, cosine = 1;
    int iterations = 0;
    for (int seed = 0; seed < tables; seed++) {
        const Joint joint = weak_joint(8, 6, 0.9, static_cast<std::uint64_t>(seed));
        const Modes modes = modes_of(joint);
        AlternationOptions options;
        options.features = 3;
        options.most_iterations = 5000;
        const Alternation found = alternate(joint, options);
        iterations = std::max(iterations, found.iterations);
        difference =
            std::max(difference, (found.correlations - modes.correlations.head(3)).cwiseAbs().maxCoeff());
        const Eigen::MatrixXd product =
            found.row_features.transpose() * joint.rows.asDiagonal() * modes.row_features.leftCols(3);
        cosine = std::min(cosine, Eigen::JacobiSVD<Eigen::MatrixXd>(product).singularValues()[2]);
    }
    report.criterion(
        {"B1",
         "ACE finds the 3 largest singular values of an 8 x 6 table within 1e-10, their subspace within a "
         "cosine of 1 - 1e-9",
         shown(difference) + ", 1 - " + shown(std::fabs(1 - cosine)) + ", in at most " +
             std::to_string(iterations) + " iterations",
         difference <= 1e-10 && cosine >= 1 - 1e-9});
}

void judge_free_features(Report &report) {
    Matches<FreeFeatureMatch> weak, strong;
    std::vector<std::vector<std::string>> rows;
    Marks trained{"trained ‖f‖‖v‖", Mark::points, {}, {}};
    for (const double epsilon : strengths) {
        Matches<FreeFeatureMatch> matches;
        for (int seed = 0; seed < tables; seed++) {
            const FreeFeatureMatch match = free_feature_match(epsilon, static_cast<std::uint64_t>(seed));
            matches.add(match);
            if (epsilon <= 0.1) {
                weak.add(match);
            } else if (epsilon == 0.4) {
                strong.add(match);
            }
            trained.x.push_back(match.correlation);
            trained.y.push_back(match.product);
        }
        rows.push_back({shown(epsilon), fixed(matches.middle(&FreeFeatureMatch::correlation), 4),
                        fixed(matches.middle(&FreeFeatureMatch::product), 4),
                        fixed(matches.middle(&FreeFeatureMatch::cosine), 5),
                        fixed(matches.least(&FreeFeatureMatch::cosine), 5)});
    }
    report.heading("Features that are free");
    report.paragraph(
        "f(x), v(y) and b(y) of exp(f v + b) trained with the cross entropy over the whole table, 8 values, "
        "6 classes, P = px py (1 + epsilon R); five random tables for each epsilon.");
    report.table({"epsilon", "sigma 1", "‖f‖‖v‖", "cosine with the first mode, median", "worst"}, rows);
    report.picture("free", "The trained feature has the size that the first singular value says",
                   {{"Free features", "sigma 1", "trained ‖f‖‖v‖", {trained}, true}});
    const double weak_cosine = weak.middle(&FreeFeatureMatch::cosine),
                 strong_cosine = strong.middle(&FreeFeatureMatch::cosine),
                 weak_error = weak.middle(&FreeFeatureMatch::error),
                 strong_error = strong.middle(&FreeFeatureMatch::error);
    report.criterion(
        {"B2",
         "a free feature is the first mode: cosine >= 0.995 for epsilon <= 0.1, >= 0.98 for 0.4; "
         "‖f‖‖v‖ within 2 % and 15 % of sigma 1; medians",
         fixed(weak_cosine, 5) + ", " + fixed(strong_cosine, 5) + "; " + fixed(100 * weak_error, 2) + " %, " +
             fixed(100 * strong_error, 1) + " %; worst cosines " +
             fixed(weak.least(&FreeFeatureMatch::cosine), 5) + ", " +
             fixed(strong.least(&FreeFeatureMatch::cosine), 5),
         weak_cosine >= 0.995 && strong_cosine >= 0.98 && weak_error <= 0.02 && strong_error <= 0.15});
    report.paragraph("Where the worst cosine is far below the median, at the smallest epsilon, the optimizer "
                     "stopped before the "
                     "end: what there is to gain is below 2e-5 nats.");
}

void judge_regression(Report &report) {
    double cosine = 1, error = 0, drop_error = 0, worst_cosine = 1, worst_error = 0;
    std::vector<std::vector<std::string>> rows;
    Marks curve{"‖v - g*‖ / ‖g*‖, median", Mark::line, {}, {}};
    for (const double epsilon : strengths) {
        Matches<RegressionMatch> matches;
        for (int seed = 0; seed < tables; seed++) {
            matches.add(regression_match(epsilon, static_cast<std::uint64_t>(seed)));
        }
        if (epsilon <= 0.5) {
            cosine = std::min(cosine, matches.middle(&RegressionMatch::cosine));
            error = std::max(error, matches.middle(&RegressionMatch::relative_error));
            drop_error = std::max(drop_error, matches.middle(&RegressionMatch::drop_error));
            worst_cosine = std::min(worst_cosine, matches.least(&RegressionMatch::cosine));
            worst_error = std::max(worst_error, matches.most(&RegressionMatch::relative_error));
        }
        curve.x.push_back(epsilon);
        curve.y.push_back(matches.middle(&RegressionMatch::relative_error));
        rows.push_back({shown(epsilon), fixed(matches.middle(&RegressionMatch::cosine), 6),
                        fixed(matches.least(&RegressionMatch::cosine), 6),
                        fixed(100 * matches.middle(&RegressionMatch::relative_error), 2) + " %",
                        fixed(100 * matches.most(&RegressionMatch::relative_error), 2) + " %",
                        shown(matches.middle(&RegressionMatch::entropy_drop)),
                        shown(matches.middle(&RegressionMatch::h_score))});
    }
    report.heading("Output weights for given features");
    report.table({"epsilon", "cosine of v with g*, median", "worst", "error, median", "worst",
                  "H(Y) - CE, nats", "H(f), nats"},
                 rows);
    report.picture("regression", "Trained output weights leave the matched projection as dependence grows",
                   {{"Output weights", "epsilon", "relative error", {curve}}});
    report.criterion(
        {"B3",
         "trained output weights are g*, epsilon <= 0.5: cosine >= 0.999, error <= 5 %, loss drop within 5 % "
         "of H(f); medians of five tables",
         fixed(cosine, 6) + ", " + fixed(100 * error, 2) + " %, " + fixed(100 * drop_error, 2) +
             " %; worst " + fixed(worst_cosine, 6) + ", " + fixed(100 * worst_error, 2) + " %",
         cosine >= 0.999 && error <= 0.05 && drop_error <= 0.05});
}

void judge_hidden(Report &report) {
    double cosine = 1, error = 0;
    std::vector<std::vector<std::string>> rows;
    for (const double epsilon : {0.02, 0.05, 0.1, 0.2}) {
        Matches<HiddenMatch> plain, biased;
        for (int seed = 0; seed < tables; seed++) {
            plain.add(hidden_match(epsilon, false, static_cast<std::uint64_t>(seed)));
            biased.add(hidden_match(epsilon, true, static_cast<std::uint64_t>(seed)));
        }
        if (epsilon <= 0.1) {
            cosine = std::min(cosine, plain.middle(&HiddenMatch::cosine));
            error = std::max(error, plain.middle(&HiddenMatch::relative_error));
        }
        rows.push_back({shown(epsilon), fixed(plain.middle(&HiddenMatch::cosine), 6),
                        fixed(100 * plain.middle(&HiddenMatch::relative_error), 2) + " %",
                        fixed(100 * plain.most(&HiddenMatch::relative_error), 2) + " %",
                        fixed(100 * biased.middle(&HiddenMatch::relative_error), 2) + " %"});
    }
    report.heading("Hidden weights for given output weights");
    report.paragraph("f = tanh(W t + c) with the biases c fixed: where they are free the problem has a flat "
                     "direction, and "
                     "training drives them into saturation.");
    report.table({"epsilon", "cosine with W*, c = 0, median", "error, median", "error, worst",
                  "error, random c, median"},
                 rows);
    report.criterion(
        {"B4", "trained hidden weights are W*, c = 0, epsilon <= 0.1: cosine >= 0.999, error <= 2 %; medians",
         fixed(cosine, 6) + ", " + fixed(100 * error, 2) + " %", cosine >= 0.999 && error <= 0.02});
}

void judge_bins(Report &report) {
    std::vector<std::vector<std::string>> rows;
    double at_16 = 0;
    for (const int bins : {8, 16, 32, 64}) {
        const BinnedNormal found = binned_normal(bins, 2000, 0.7, 1);
        at_16 = bins == 16 ? found.correlation : at_16;
        rows.push_back({std::to_string(bins), fixed(found.correlation, 3), fixed(found.shuffled, 3)});
    }
    report.heading("Bins of a bivariate normal");
    report.paragraph("2,000 samples with correlation 0.7 in bins of equal frequency. With many bins even "
                     "labels in random order "
                     "have a large first singular value: compare with the band of chance, always.");
    report.table({"bins", "sigma 1", "labels in random order"}, rows);
    report.criterion({"B9", "16 bins find a correlation of 0.7 within 0.03", fixed(at_16, 3),
                      std::fabs(at_16 - 0.7) <= 0.03});
}

void run(const Surroundings &surroundings, Report &report) {
    judge_alternation(report);
    surroundings.progress("free features");
    judge_free_features(report);
    surroundings.progress("output weights");
    judge_regression(report);
    surroundings.progress("hidden weights");
    judge_hidden(report);
    judge_bins(report);
}

}  // namespace

Experiment features_tables() {
    return {"features_tables", "Universal features on joint tables", run};
}

}  // namespace fsd::experiments
