// The formulas of runtime/novelty.cpp, on means as runtime/planning/batch_runner.cpp takes them.
#include "compiler/judge_stages.h"

#include "generators/strict.h"

namespace fsd::compiler {
namespace {

using Halide::cast;
using Halide::Expr;
using Halide::RDom;

// Lanes of the sums of evidence.
constexpr int sums = 8;

}  // namespace

LayerEvidence::LayerEvidence(const Normalization &rows, const StageMap &map, int runs, int rows_per_run)
    : runs(runs), rows_per_run(rows_per_run) {
    const Bayes &bayes = rows.bayes;
    log_normalizer(group, site, sample) = strict_sum(bayes.peak.total(group, site, sample),
                                                     logarithm_from_1(bayes.mass.total(group, site, sample)));
    const int sites_of_run = map.width * rows_per_run, count = sites_of_run * map.groups;
    const auto site_of = [&](const Expr &index) {
        return sites_of_run * y + (map.groups == 1 ? index : index / map.groups);
    };
    const auto row = [&](const Expr &index) {
        return cast<double>(
            log_normalizer(map.groups == 1 ? Expr(0) : index % map.groups, site_of(index), sample));
    };
    chunk = RDom(0, count / sums, "chunk");
    RDom rest(0, count % sums, "rest");
    const RDom part(0, sums, "part"), run(0, runs, "run");
    const Expr in_chunk = sums * chunk + lane, in_rest = count / sums * sums + rest;
    if (runs * sites_of_run > map.sites()) {  // the last run is not full
        chunk.where(site_of(in_chunk) < map.sites());
        rest.where(site_of(in_rest) < map.sites());
    }
    partial(lane, y, sample) = Expr(0.0);
    partial(lane, y, sample) = strict_sum(partial(lane, y, sample), row(in_chunk));
    partial(rest, y, sample) = strict_sum(partial(rest, y, sample), row(in_rest));
    lanes_total(y, sample) = Expr(0.0);
    lanes_total(y, sample) = strict_sum(lanes_total(y, sample), partial(part, y, sample));
    of_run(y, sample) = lanes_total(y, sample);
    total(sample) = Expr(0.0);
    total(sample) = strict_sum(total(sample), of_run(run, sample));
    mean(sample) =
        cast<float>(strict_quotient(total(sample), Expr(static_cast<double>(map.sites()) * map.groups)));
}

void JudgeStages::define(const Fit &fit, const std::vector<Halide::Func> &evidence,
                         const Halide::Func &result) {
    const RDom other(0, fit.novelty.classes(), "other");
    predicted_(sample_) = 0;
    const Expr best = clamp(predicted_(sample_), 0, fit.novelty.classes() - 1);
    predicted_(sample_) = select(strict_less(result(best, sample_), result(other, sample_)), other, best);
    define_score(fit, evidence);
    define_p_value(fit);
}

void JudgeStages::define_score(const Fit &fit, const std::vector<Halide::Func> &layers) {
    const int count = fit.novelty.layers();
    const Expr label = clamp(predicted_(sample_), 0, fit.novelty.classes() - 1);
    std::vector<Expr> evidence;
    for (const Halide::Func &layer : layers) {
        evidence.push_back(layer(sample_));
    }
    difference_(layer_, sample_) = strict_difference(
        cast<double>(mux(layer_, evidence)), cast<double>(fit.numbers(fit.mean + layer_ + count * label)));
    const RDom pair(0, count, 0, count, "pair");
    const Expr precision =
        cast<double>(fit.numbers(fit.precision + pair.x + count * (pair.y + count * label)));
    square_(sample_) = Expr(0.0);
    square_(sample_) =
        strict_sum(square_(sample_), strict_product(strict_product(difference_(pair.y, sample_), precision),
                                                    difference_(pair.x, sample_)));
    novelty(sample_) =
        cast<float>(select(strict_less(square_(sample_), Expr(0.0)), Expr(0.0), square_(sample_)));
}

// How many scores are below, bit by bit, the highest first: they ascend.
void JudgeStages::define_p_value(const Fit &fit) {
    const int images = fit.novelty.images();
    int bits = 0;
    while (images >> bits != 0) {
        bits++;
    }
    const RDom bit(0, bits, "bit");
    below_(sample_) = 0;
    const Expr reach = below_(sample_) + (1 << (bits - 1 - bit));
    const Expr score = fit.numbers(fit.scores + clamp(reach, 1, images) - 1);
    below_(sample_) = select(reach <= images && strict_less(score, novelty(sample_)), reach, below_(sample_));
    p_value(sample_) =
        cast<float>(strict_quotient(Expr(1.0) + cast<double>(images - below_(sample_)), Expr(1.0 + images)));
}

}  // namespace fsd::compiler
