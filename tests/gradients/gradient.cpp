// The table of gradients; axes and chains of operators where names alone do not say it.
#include "tests/gradients/gradient.h"

#include <algorithm>
#include <functional>

namespace fsd::testing {
namespace {

// The forward operator is one op.
Gradient of(const std::string &op, Gradient gradient) {
    gradient.drawn = op;
    gradient.forward = case_of(op).reference;
    return gradient;
}

// The reference of `op` on some tensors of another problem, seen under other axes.
Problem run(const std::string &op, const Extents &extents, const std::map<std::string, Values> &tensors) {
    Problem problem{extents, {}, tensors};
    problem.scalars.insert(case_of(op).scalars.begin(), case_of(op).scalars.end());
    if (const auto &derive = signature_of(op).derive) {
        derive(problem.extents);
    }
    for (const auto &[name, domain] : case_of(op).inputs) {
        problem.tensors.at(name).shape = shape_of(signature_of(op), name, problem.extents);
    }
    case_of(op).reference(problem);
    return problem;
}

// normalize, then marginal_pool: sites are the pixels of all samples, channels the states of all groups.
void normalize_and_pool(Problem &problem) {
    Extents rows = problem.extents;
    rows["site"] = rows["sample"] * rows["y"] * rows["x"];
    Values posterior = run("normalize", rows, {{"logits", problem["logits"]}})["posterior"];
    Extents maps = problem.extents;
    maps["channel"] = maps["group"] * maps["state"];
    problem.tensors["marginal"] = run("marginal_pool", maps, {{"probability", posterior}})["marginal"];
    posterior.shape =
        shape_of(signature_of("normalize_marginal_pool_backward"), "posterior", problem.extents);
    problem.tensors["posterior"] = posterior;
}

// log_normalize, then a loss of the classes.
void classify_by(const std::string &loss, Problem &problem) {
    Extents rows{{"site", problem.extent("sample")}, {"group", 1}, {"state", problem.extent("class")}};
    Values log_posterior = run("log_normalize", rows, {{"logits", problem["logits"]}})["log_posterior"];
    const Problem classes =
        run(loss, problem.extents, {{"log_posterior", log_posterior}, {"label", problem["label"]}});
    problem.tensors["log_posterior"] = classes["log_posterior"];
    problem.tensors["loss"] = classes["loss"];
}

void classify(Problem &problem) {
    classify_by("cross_entropy", problem);
}

void score(Problem &problem) {
    classify_by("h_score_loss", problem);
}

// The children's features as they are.
void expand(Problem &problem) {
    Values gate;
    gate.data.assign(problem["d_expanded"].data.size(), 1);
    problem.tensors["expanded_preactivation"] = run("expanded_forward", problem.extents,
                                                    {{"transition", problem["transition"]},
                                                     {"child_feature", problem["child_feature"]},
                                                     {"edge_weight", problem["edge_weight"]},
                                                     {"state_gate", gate}})["expanded_preactivation"];
}

// What is drawn as the children's features is what their gates see.
void expand_gated(Problem &problem) {
    Problem gated = problem;
    std::transform(problem["child_gate"].data.begin(), problem["child_gate"].data.end(),
                   problem["child_feature"].data.begin(), gated.tensors["child_feature"].data.begin(),
                   std::multiplies<>());
    expand(gated);
    problem.tensors["expanded_preactivation"] = gated["expanded_preactivation"];
}

// Gradients are means given a state and not parts of the sum over states: with u = v / (S p), the loss sum of
// S p g y has the derivative E[gradient | state] by v. No state is without probability and no node constant:
// there is no derivative.
void normalize_states(Problem &problem) {
    Values &p = problem.tensors.at("state_probability");
    const Values &v = problem["state_preactivation"];
    const int states = v.shape[0], nodes = v.shape[1];
    double sum = 0;
    for (double &probability : p.data) {
        sum += probability += 0.5 / states;
    }
    Values u = v;
    for (int state = 0; state < states; state++) {
        p(state) /= sum;
        for (int node = 0; node < nodes; node++) {
            u(state, node) = (v(state, node) + state) / (states * p(state));
        }
    }
    Problem normalized = run("weighted_batch_norm", problem.extents,
                             {{"state_preactivation", u},
                              {"state_probability", p},
                              {"node_scale", problem["node_scale"]},
                              {"node_shift", problem["node_shift"]}});
    Values &weighted = problem.tensors["weighted"] = normalized["state_normalized"];
    for (int state = 0; state < states; state++) {
        for (int node = 0; node < nodes; node++) {
            weighted(state, node) *= states * p(state);
        }
    }
    problem.tensors["standardized"] = normalized["standardized"];
    problem.tensors["inverse_deviation"] = normalized["inverse_deviation"];
}

void sites_of_maps(Extents &extents) {
    extents["site"] = extents["sample"] * extents["y"] * extents["x"];
}

void site_is_sample(Extents &extents) {
    extents["sample"] = extents["site"];
    extents["input"] = 3;
}

void classes_are_states(Extents &extents) {
    extents["site"] = extents["sample"];
    extents["group"] = 1;
    extents["state"] = extents["class"];
}

std::vector<Gradient> table() {
    return {
        of("kld_conv", {"kld_conv_backward_filters", "d_log_likelihood", "log_likelihood", "d_log_evidence",
                        "log_evidence"}),
        of("kld_conv",
           {"kld_conv_backward_states", "d_probability", "probability", "d_log_evidence", "log_evidence"}),
        of("kld_linear", {"kld_linear_backward_filters", "d_log_likelihood", "log_likelihood",
                          "d_log_evidence", "log_evidence"}),
        of("kld_linear",
           {"kld_linear_backward_states", "d_probability", "probability", "d_log_evidence", "log_evidence"}),
        of("kld_linear", {"log_prior_backward",
                          "d_log_prior",
                          "log_prior",
                          "d_log_evidence",
                          "log_evidence",
                          Kink::none,
                          {},
                          {},
                          site_is_sample}),
        of("conv", {"conv_backward_features", "d_features", "features", "d_preactivation", "preactivation"}),
        of("linear",
           {"linear_backward_features", "d_features", "features", "d_preactivation", "preactivation"}),
        of("grouped_conv",
           {"grouped_conv_backward_features", "d_features", "features", "d_preactivation", "preactivation"}),
        of("grouped_conv",
           {"grouped_conv_backward_weight", "d_weight", "weight", "d_preactivation", "preactivation"}),
        of("locally_connected", {"locally_connected_backward_features", "d_features", "features",
                                 "d_preactivation", "preactivation"}),
        of("locally_connected",
           {"locally_connected_backward_weight", "d_weight", "weight", "d_preactivation", "preactivation"}),
        of("log_normalize_filters",
           {"log_normalize_filters_backward", "d_theta", "theta", "d_log_likelihood", "log_likelihood"}),
        of("normalize", {"normalize_backward", "d_logits", "logits", "d_posterior", "posterior"}),
        of("log_normalize",
           {"log_normalize_backward", "d_logits", "logits", "d_log_posterior", "log_posterior"}),
        of("marginal_pool",
           {"marginal_pool_backward", "d_probability", "probability", "d_marginal", "marginal"}),
        of("log_marginal_pool", {"log_marginal_pool_backward", "d_log_probability", "log_probability",
                                 "d_log_marginal", "log_marginal"}),
        of("max_pool",
           {"max_pool_backward", "d_probability", "probability", "d_maximum", "maximum", Kink::ties}),
        of("renormalized_max_pool", {"renormalized_max_pool_backward", "d_probability", "probability",
                                     "d_maximum", "maximum", Kink::ties}),
        of("relu",
           {"relu_backward", "d_log_evidence", "log_evidence", "d_activation", "activation", Kink::zero}),
        of("sigmoid", {"sigmoid_backward", "d_log_evidence", "log_evidence", "d_activation", "activation"}),
        of("erf", {"erf_backward", "d_preactivation", "preactivation", "d_activation", "activation"}),
        of("quadratic",
           {"quadratic_backward", "d_preactivation", "preactivation", "d_activation", "activation"}),
        of("batch_norm",
           {"batch_norm_backward", "d_preactivation", "preactivation", "d_normalized", "normalized"}),
        of("batch_norm", {"batch_norm_backward", "d_scale", "scale", "d_normalized", "normalized"}),
        of("batch_norm", {"batch_norm_backward", "d_shift", "shift", "d_normalized", "normalized"}),
        of("squared_error", {"squared_error", "d_prediction", "prediction", "", "loss"}),
        {"normalize_marginal_pool_backward", "d_logits", "logits", "d_marginal", "marginal", Kink::none,
         "normalize", normalize_and_pool, sites_of_maps},
        {"cross_entropy", "d_logits", "logits", "", "loss", Kink::none, "log_normalize", classify,
         classes_are_states},
        {"expanded_backward", "d_edge_weight", "edge_weight", "d_expanded", "expanded_preactivation",
         Kink::none, "expanded_backward", expand},
        {"expanded_backward", "d_child_expanded", "child_feature", "d_expanded", "expanded_preactivation",
         Kink::none, "expanded_backward", expand_gated},
        {"weighted_batch_norm_backward", "d_state_preactivation", "state_preactivation", "d_state_normalized",
         "weighted", Kink::none, "weighted_batch_norm", normalize_states},
        {"h_score_loss", "d_logits", "logits", "", "loss", Kink::none, "log_normalize", score,
         classes_are_states},
    };
}

}  // namespace

const std::vector<Gradient> &gradients() {
    static const std::vector<Gradient> all = table();
    return all;
}

}  // namespace fsd::testing
