// Every number and flag in the JSON; in the table the summary of the features and a row per class.
#include "apps/fsdnet/aggregation_report.h"

#include "apps/fsdnet/report_numbers.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/analysis/aggregation/correlation.h"
#include "toolkit/analysis/median.h"

#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using namespace fsd::analysis;
using Json = nlohmann::ordered_json;
using command_line::as_json;  // which others hide
using command_line::cell;

Json as_json(const PooledSet &set) {
    return {{"source", set.source}, {"samples", set.samples()}};
}

const char *form_of(const HurdleGamma &gamma) {
    return gamma.form == HurdleGamma::Form::gamma   ? "gamma"
           : gamma.form == HurdleGamma::Form::point ? "point"
                                                    : "none";
}

Json as_json(const ChannelFit &fit) {
    Json result = {{"class", fit.label},
                   {"feature", fit.feature},
                   {"mean", fit.mean},
                   {"variance", fit.variance},
                   {"zero_share", fit.zero_share}};
    if (fit.gamma_distance || fit.divergence) {
        result["form"] = form_of(fit.gamma);
        if (fit.gamma.form == HurdleGamma::Form::gamma) {
            result["shape"] = fit.gamma.positive.shape;
            result["scale"] = fit.gamma.positive.scale;
            result["fitted_by"] = fit.maximum_likelihood ? "maximum_likelihood" : "moments";
        }
    }
    result["ks"] = {{"hurdle_gamma", as_json(fit.gamma_distance)},
                    {"normal", as_json(fit.normal_distance)},
                    {"exponential", as_json(fit.exponential_distance)}};
    result["divergence"] = as_json(fit.divergence);
    result["flags"] = fit.flags;
    return result;
}

Json as_json(const NodeDivergence &divergence) {
    Json predicted;
    for (std::size_t i = 0; i < predictor_count; i++) {
        predicted[name_of(all_predictors[i])] = as_json(divergence.predicted[i]);
    }
    return {{"class", divergence.pair.label},
            {"node", divergence.pair.node},
            {"measured", as_json(divergence.measured)},
            {"predicted", predicted},
            {"flags", divergence.flags}};
}

Json agreements(const std::vector<NodeDivergence> &divergences) {
    Json result;
    for (const Predictor predictor : all_predictors) {
        const Agreement found = agreement(divergences, predictor);
        result[name_of(predictor)] = {{"pairs", found.pairs},
                                      {"r", as_json(found.pearson)},
                                      {"spearman", as_json(found.spearman)},
                                      {"relative_error", as_json(found.relative_error)},
                                      {"difference", as_json(found.difference)}};
    }
    return result;
}

void add_network(Json &result, const AggregationSource &source) {
    if (source.place) {
        result["pooling"] = {
            {"layer", source.place->pooling}, {"map", source.place->map}, {"pooled", source.place->pooled}};
    }
    if (source.spatial) {
        result["spatial_variance"] = {
            {"pairs", source.spatial->pairs},
            {"log_ratio_with_covariances", as_json(source.spatial->with_covariances)},
            {"log_ratio_independent", as_json(source.spatial->independent)},
            {"raised_by", as_json(source.spatial->median_ratio)}};
    }
    if (!source.effective_locations.empty()) {
        result["effective_locations"] = Json::array();
        for (const double number : source.effective_locations) {
            result["effective_locations"].push_back(as_json(std::optional<double>(number)));
        }
    }
}

void add_nodes(Json &result, const AggregationAnalysis &analysis) {
    result["nodes"] = Json::array();
    for (const NodeDivergence &divergence : analysis.divergences) {
        result["nodes"].push_back(as_json(divergence));
    }
    result["agreement"]["all"] = agreements(analysis.divergences);
    if (!analysis.recall.empty()) {
        result["agreement"]["own"] = agreements(analysis.own_divergences());
        result["recall"] = Json::array();
        for (const auto &share : analysis.recall) {
            result["recall"].push_back(as_json(share));
        }
        result["recall_correlation"] = as_json(analysis.recall_correlation());
    }
}

void print_features(std::ostream &out, const AggregationSource &source, const AggregationAnalysis &analysis) {
    out << analysis.features << " features, " << analysis.classes << " classes; fitted to "
        << printable_text(source.input.fitted.source) << ", " << source.input.fitted.samples()
        << " samples; measured on "
        << (source.same_samples ? "the same" : printable_text(source.input.measured.source)) << ", "
        << source.input.measured.samples()
        << " samples\n\nfeatures per class: Kolmogorov-Smirnov distance, median over "
        << analysis.channels.size() << " pairs\nhurdle Gamma " << cell(analysis.summary.gamma, 7, 4)
        << "   normal " << cell(analysis.summary.normal, 7, 4) << "   exponential "
        << cell(analysis.summary.exponential, 7, 4) << '\n';
    if (analysis.summary.gamma_wins) {
        out << "the hurdle Gamma is closer than the normal in "
            << cell(100 * *analysis.summary.gamma_wins, 4, 1) << " % of " << analysis.summary.pairs
            << " pairs\n";
    }
    if (source.spatial) {
        out << "variance of the averages, |log ratio| to the measured one: with the locations' covariances "
            << cell(source.spatial->with_covariances, 6, 3) << ", without "
            << cell(source.spatial->independent, 6, 3) << '\n';
    }
    if (!source.effective_locations.empty()) {
        out << "maximum: as over " << cell(median(source.effective_locations), 4, 1)
            << " independent locations (median)\n";
    }
}

void print_divergences(std::ostream &out, const AggregationSource &source,
                       const AggregationAnalysis &analysis) {
    const bool own = !analysis.recall.empty();
    out << "\nKL of a node's values in the class from those in all others, nats; P1 normal, P1g Gamma, P2 "
           "normal mixture "
           "(ind: features independent),\nP3 Pearson III mixture, P2' upper bound\n"
        << "class         node  measured       P1      P1g      P2'   P2 ind       P2       P3   recall\n";
    for (const NodeDivergence &divergence : own ? analysis.own_divergences() : analysis.divergences) {
        const auto label = static_cast<std::size_t>(divergence.pair.label);
        out << std::left << std::setw(13) << printable_text(source.classes.at(label)) << std::right
            << std::setw(5) << divergence.pair.node << ' ' << cell(divergence.measured, 9, 3);
        for (const auto &predicted : divergence.predicted) {
            out << cell(predicted, 9, 3);
        }
        out << (own ? cell(analysis.recall[label], 9, 3) : "");
        for (const std::string &flag : divergence.flags) {
            out << "  " << flag;
        }
        out << '\n';
    }
}

void print_agreement(std::ostream &out, const std::string &what,
                     const std::vector<NodeDivergence> &divergences) {
    std::vector<Agreement> found;
    for (const Predictor predictor : all_predictors) {
        found.push_back(agreement(divergences, predictor));
    }
    const auto row = [&](const std::string &name, std::optional<double> Agreement::*number) {
        out << std::left << std::setw(28) << what + name << std::right;
        for (const Agreement &of_predictor : found) {
            out << cell(of_predictor.*number, 9, 3);
        }
        out << '\n';
    };
    row("r", &Agreement::pearson);
    row("Spearman", &Agreement::spearman);
    row("relative error", &Agreement::relative_error);
}

}  // namespace

Json json_of(const AggregationSource &source, const AggregationAnalysis &analysis) {
    Json result = {{"fitted", as_json(source.input.fitted)},
                   {"measured", as_json(source.input.measured)},
                   {"same_samples", source.same_samples},
                   {"classes", source.classes},
                   {"features", analysis.features},
                   {"negative_features", analysis.negative_features},
                   {"notes", source.notes}};
    add_network(result, source);
    result["ks_median"] = {{"hurdle_gamma", as_json(analysis.summary.gamma)},
                           {"normal", as_json(analysis.summary.normal)},
                           {"exponential", as_json(analysis.summary.exponential)}};
    result["gamma_closer_share"] = as_json(analysis.summary.gamma_wins);
    if (!analysis.divergences.empty()) {
        add_nodes(result, analysis);
    }
    result["channels"] = Json::array();
    for (const ChannelFit &fit : analysis.channels) {
        result["channels"].push_back(as_json(fit));
    }
    return result;
}

std::string table_of(const AggregationSource &source, const AggregationAnalysis &analysis) {
    std::ostringstream out;
    print_features(out, source, analysis);
    if (!analysis.divergences.empty()) {
        print_divergences(out, source, analysis);
        if (!analysis.recall.empty()) {
            print_agreement(out, "own nodes: ", analysis.own_divergences());
            out << "r of measured KL and recall " << cell(analysis.recall_correlation(), 9, 3) << '\n';
        }
        print_agreement(out, "all pairs: ", analysis.divergences);
    }
    for (const std::string &sentence : source.notes) {
        out << '\n' << sentence;
    }
    out << (source.notes.empty() ? "" : "\n");
    return out.str();
}

}  // namespace fsd::command_line
