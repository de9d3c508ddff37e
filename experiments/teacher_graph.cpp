// The teacher's graph: criteria T1 to T6 of docs/analysis.md, on trees that can be enumerated.
#include "experiments/disentangled_chain.h"
#include "experiments/expanded_training.h"
#include "experiments/experiment.h"
#include "toolkit/analysis/median.h"

#include <algorithm>
#include <cmath>

namespace fsd::experiments {
namespace {

using namespace analysis;

constexpr int labels = 3, branches = 2, states = 4, values = 3, nodes = 5;
constexpr unsigned seeds = 10;
constexpr GateRule rules[] = {GateRule::sign, GateRule::mean, GateRule::effective, GateRule::gaussian};

GenerativeTree tree_of(double noise, unsigned seed) {
    return random_tree(labels, branches, states, values, noise, seed);
}

std::string scientific(double value) {
    char digits[32];
    std::snprintf(digits, sizeof(digits), "%.1e", value);
    return digits;
}

// Of the largest number.
double difference(const Matrix &a, const Matrix &b) {
    return (a - b).cwiseAbs().maxCoeff();
}

void judge_exactness(Report &report) {
    double feature = 0, gradient = 0, weights = 0, preactivation = 0;
    for (unsigned seed = 1; seed <= seeds; seed++) {
        const GenerativeTree tree = tree_of(0.7, seed);
        LocalStudent student = random_student(tree, nodes, labels, seed + 20);
        const Matrix top = random_student(tree, nodes, labels, seed + 40).weights[1].topRows(labels);
        const auto label_only = [&](const Eigen::RowVectorXd &, int label) -> Eigen::RowVectorXd {
            return top.row(label);
        };
        const Enumeration relu = enumerate(tree, student, cross_entropy_gradient);
        const Expansion effective = expand(tree, student, GateRule::effective, cross_entropy_gradient, &relu);
        student.linear = true;
        const Enumeration exact = enumerate(tree, student, label_only);
        const Expansion expanded = expand(tree, student, GateRule::none, label_only);
        weights = std::max(weights, separation_residual(exact, expanded));
        for (std::size_t i = 0; i <= branches; i++) {
            feature = std::max(feature, difference(exact.regions[i].feature, expanded.features[i]));
            gradient = std::max(gradient, difference(exact.regions[i].gradient, expanded.gradients[i]));
            preactivation = std::max(preactivation,
                                     difference(relu.regions[i].preactivation, effective.preactivations[i]));
        }
    }
    report.criterion({"T1",
                      "3888 assignments, linear student, gradient of the label alone: forward, backward and "
                      "weight-gradient errors <= 1e-12",
                      scientific(feature) + ", " + scientific(gradient) + ", " + scientific(weights),
                      std::max({feature, gradient, weights}) <= 1e-12});
    report.criterion({"T2", "relu student, pre-activations from true means: error <= 1e-12",
                      scientific(preactivation), preactivation <= 1e-12});
}

double mean_residual(GateRule rule, double noise) {
    double sum = 0;
    for (unsigned seed = 1; seed <= seeds; seed++) {
        const GenerativeTree tree = tree_of(noise, seed);
        const LocalStudent student = random_student(tree, nodes, labels, seed + 100);
        const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
        sum += separation_residual(exact, expand(tree, student, rule, cross_entropy_gradient, &exact));
    }
    return sum / seeds;
}

void judge_gates(const Surroundings &surroundings, Report &report) {
    surroundings.progress("gate rules and noise");
    const std::vector<double> noises = {0, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 0.6};
    std::vector<std::vector<std::string>> rows;
    std::vector<Marks> marks;
    std::vector<std::vector<double>> residuals;
    for (const GateRule rule : rules) {
        marks.push_back({name_of(rule), Mark::line, {}, {}});
        residuals.emplace_back();
        rows.push_back({name_of(rule)});
        for (const double noise : noises) {
            residuals.back().push_back(mean_residual(rule, noise));
            rows.back().push_back(scientific(residuals.back().back()));
            if (noise > 0) {
                marks.back().x.push_back(std::log10(noise));
                marks.back().y.push_back(std::log10(residuals.back().back()));
            }
        }
    }
    std::vector<std::string> head = {"noise"};
    for (const double noise : noises) {
        head.push_back(fixed(noise, noise > 0 && noise < 0.01 ? 3 : 2));
    }
    report.heading("Gate rules");
    report.paragraph(
        "Residual |exact - expanded| / |exact| of all weight gradients (cross entropy, relu student), "
        "means over " +
        std::to_string(seeds) +
        " trees. The expansion takes the gradient and the "
        "children's states as independent given a state; noise is what this loses.");
    report.table(head, rows);
    report.picture("gates", "Residual of the weight gradient by noise, logarithms of base 10",
                   {{"Residual of the weight gradient", "log10 noise", "log10 residual", marks, false}});
    const double at_zero = std::max({residuals[0][0], residuals[1][0], residuals[2][0], residuals[3][0]});
    const double sign = residuals[0][5], mean = residuals[1][5];
    const auto slope = [&](std::size_t rule) { return std::log10(residuals[rule][3] / residuals[rule][1]); };
    report.criterion(
        {"T3",
         "residual 0 (<= 1e-12) without noise, any gate; at noise .05 mean gate <= .08; sign and mean gate "
         "in proportion to noise (log-log slope .9 to 1.2 from .001 to .01)",
         scientific(at_zero) + "; " + fixed(mean, 3) + "; slopes " + fixed(slope(0), 2) + ", " +
             fixed(slope(1), 2),
         at_zero <= 1e-12 && mean <= 0.08 && std::min(slope(0), slope(1)) >= 0.9 &&
             std::max(slope(0), slope(1)) <= 1.2});
    report.criterion({"T3, sign gate",
                      "at noise .05 the sign gate is twice as far off as the mean gate at least",
                      fixed(sign, 3) + " against " + fixed(mean, 3), sign >= 2 * mean});
    report.paragraph("The sign gate is no worse than the mean gate on these trees on average; single trees, "
                     "in which a node's U "
                     "lies near 0, make it so. The Gaussian gate falls as the square root of the noise: near "
                     "U = 0 it is off by the "
                     "deviation. It is the one to take where there is much noise. The effective gate is "
                     "exact in F (T2), and "
                     "a poor derivative where E[u | state] is small.");
}

void judge_gaussian(Report &report) {
    double errors[2] = {0, 0};
    for (unsigned seed = 1; seed <= seeds; seed++) {
        const GenerativeTree tree = tree_of(0.9, seed);
        const LocalStudent student = random_student(tree, nodes, labels, seed + 50);
        const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
        for (const bool gaussian : {false, true}) {
            const Expansion expanded = expand(tree, student, gaussian ? GateRule::gaussian : GateRule::mean,
                                              cross_entropy_gradient, &exact);
            errors[gaussian] += (expanded.features[1] - exact.regions[1].feature).norm() /
                                exact.regions[1].feature.norm() / seeds;
        }
    }
    report.criterion({"T4", "at noise .9 the Gaussian gate's error of F is half the mean gate's at most",
                      fixed(errors[1], 3) + " against " + fixed(errors[0], 3), 2 * errors[1] <= errors[0]});
}

void judge_training(const Surroundings &surroundings, Report &report) {
    report.heading("Training on the expansion");
    report.paragraph(
        "400 steps of gradient descent without an image, by the gradient over the teacher's states; "
        "the loss is that over all images (one tree, one student). Bayes: H(label | image), the least "
        "possible. Chance: log 3 = 1.099 nats.");
    std::vector<std::vector<std::string>> rows;
    double at_zero = 0, at_low = 0, best = 0;
    for (const double noise : {0., 0.05, 0.3}) {
        surroundings.progress("training at noise " + fixed(noise, 2));
        const GenerativeTree tree = tree_of(noise, 1);
        const LocalStudent student = random_student(tree, 10, labels, 2);
        const auto loss = [&](const std::optional<GateRule> &rule) {
            return enumerate(tree, trained_student(tree, student, rule), cross_entropy_gradient).loss;
        };
        const double sign = loss(GateRule::sign), mean = loss(GateRule::mean), data = loss(std::nullopt);
        const double bayes = enumerate(tree, student, cross_entropy_gradient).bayes_loss;
        rows.push_back({fixed(noise, 2), fixed(sign, 3), fixed(mean, 3), fixed(data, 3), fixed(bayes, 3)});
        at_zero = noise == 0 ? sign : at_zero;
        if (noise == 0.05) {
            at_low = sign;
            best = bayes;
        }
    }
    report.table({"noise", "sign gate", "mean gate", "exact gradient", "Bayes"}, rows);
    report.criterion(
        {"T5",
         "trained on the expanded gradient (sign gate): loss < .01 nats without noise; at noise .05 at most "
         ".15 above the best possible",
         fixed(at_zero, 4) + "; " + fixed(at_low - best, 3) + " (" + fixed(at_low, 3) + " against " +
             fixed(best, 3) + ")",
         at_zero < 0.01 && at_low - best <= 0.15});
    report.paragraph(
        "The specification asks for a loss of .2 at noise .05 on a tree whose best possible is .051; that of "
        "this tree is higher, so the distance from the best possible is judged. With much noise this "
        "is no way to train: the expansion sees of an image no more than its state's mean, and makes "
        "the student too sure, worse than chance.");
}

struct ChainRuns {
    std::vector<double> off;
    double first_gradient = 0, index = 0;
    double middle() const { return *median(off); }
    double largest() const { return *std::max_element(off.begin(), off.end()); }
};

ChainRuns run_chains(const ChainSetting &setting) {
    ChainRuns runs;
    for (unsigned seed = 1; seed <= seeds; seed++) {
        const ChainResult result = train_chain(setting, seed);
        runs.off.push_back(result.off_block);
        runs.first_gradient += result.first_gradient / seeds;
        runs.index += result.factorization_index / seeds;
    }
    return runs;
}

void judge_blocks(const Surroundings &surroundings, Report &report) {
    surroundings.progress("disentangled blocks");
    report.heading("Disentangled blocks");
    report.paragraph(
        "States are pairs (z1, z2), the student has a block of nodes for each, and its weights begin "
        "within blocks. Norm of the weights between blocks over that within, after 300 steps, "
        "median and largest of " +
        std::to_string(seeds) +
        " runs; the same ratio of the first gradient "
        "(mean); KL(P(z1, z2 | z) || P(z1 | z) P(z2 | z)) of the upper transition in nats (mean).");
    std::vector<std::vector<std::string>> rows;
    std::vector<ChainRuns> all;
    for (const auto &[name, setting] :
         {std::pair{"factorized, batch norm, relu", ChainSetting{true, true, 0}},
          std::pair{"factorized, batch norm, linear", ChainSetting{true, false, 0}},
          std::pair{"factorized, no batch norm, relu", ChainSetting{false, true, 0}},
          std::pair{"factorized, no batch norm, linear", ChainSetting{false, false, 0}},
          std::pair{"10 % entangled, batch norm, relu", ChainSetting{true, true, 0.1}},
          std::pair{"10 % entangled, batch norm, linear", ChainSetting{true, false, 0.1}}}) {
        all.push_back(run_chains(setting));
        const ChainRuns &runs = all.back();
        rows.push_back({name, scientific(runs.middle()), scientific(runs.largest()),
                        scientific(runs.first_gradient), fixed(runs.index, 4)});
    }
    report.table({"", "weights, median", "weights, largest", "first gradient", "index"}, rows);
    const auto judge = [&](const char *name, const char *what, std::size_t first) {
        const ChainRuns &kept = all[first], &plain = all[first + 2], &entangled = all[first + 4];
        report.criterion(
            {name,
             std::string(what) +
                 ": factorized with batch norm, between / within <= 1e-2 (median <= "
                 "1e-10); without batch norm >= .1 (median); 10 % entangled five times the first at least",
             "largest " + scientific(kept.largest()) + ", median " + scientific(kept.middle()) + "; " +
                 fixed(plain.middle(), 3) + "; " + fixed(entangled.middle(), 3),
             kept.largest() <= 1e-2 && kept.middle() <= 1e-10 && plain.middle() >= 0.1 &&
                 entangled.middle() >= 5 * kept.middle()});
    };
    judge("T6", "relu", 0);
    judge("T6, linear", "linear", 1);
    report.paragraph(
        "The gradient between blocks is 0 up to roundings wherever states factorize and gradients are "
        "centered, but "
        "that is not always stable: where a hidden node goes against the target, mixing in the other "
        "block reduces its harm, and roundings grow exponentially until the node has turned round. A larger "
        "rate "
        "makes that more frequent.");
}

void run(const Surroundings &surroundings, Report &report) {
    report.paragraph(
        "A label with 3 states generates 2 summaries with 4 states, each of them 2 pixels with 3 values; "
        "noise is the share of each transition that is random. Everything can be enumerated, so the "
        "expansion over the teacher's states (arXiv 1809.10829) is compared with the truth.");
    surroundings.progress("exactness");
    judge_exactness(report);
    judge_gates(surroundings, report);
    judge_gaussian(report);
    judge_training(surroundings, report);
    judge_blocks(surroundings, report);
}

}  // namespace

Experiment teacher_graph() {
    return {"teacher_graph", "Students over the states of a discrete teacher", run};
}

}  // namespace fsd::experiments
