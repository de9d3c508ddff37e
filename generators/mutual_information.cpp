// information = marginal_entropy - conditional_entropy, the entropy of the mean posterior less the mean
// entropy of the posteriors. Sums are float64 and run over chunks of fixed size, so that they do not depend
// on the threads.
#include "generators/mutual_information.h"

#include "generators/information.h"

namespace fsd {

void MutualInformation::generate() {
    const Expr sites = posterior.dim(2).extent();
    const Expr zero = cast<double>(0.f);
    in_chunk = Halide::RDom(0, sites_per_chunk, "in_chunk");
    const Expr site = chunk * sites_per_chunk + in_chunk;
    in_chunk.where(site < sites);
    const Expr h = posterior(state, group, unsafe_promise_clamped(site, 0, sites - 1));
    chunk_sums(state, group, chunk) = {zero, zero};
    chunk_sums(state, group,
               chunk) = {strict_sum(chunk_sums(state, group, chunk)[0], cast<double>(h)),
                         strict_sum(chunk_sums(state, group, chunk)[1], cast<double>(surprise(h)))};

    chunks = Halide::RDom(0, (sites + sites_per_chunk - 1) / sites_per_chunk, "chunks");
    sums(state, group) = {zero, zero};
    sums(state, group) = {strict_sum(sums(state, group)[0], chunk_sums(state, group, chunks)[0]),
                          strict_sum(sums(state, group)[1], chunk_sums(state, group, chunks)[1])};

    states = Halide::RDom(0, posterior.dim(0).extent(), "states");
    const Expr weight = strict_quotient(cast<double>(1.f), cast<double>(sites));
    const Expr mean = strict_product(sums(states, group)[0], weight);
    const Expr mean_surprise = strict_product(sums(states, group)[1], weight);
    entropies(group) = {zero, zero};
    entropies(group) = {strict_sum(entropies(group)[0], surprise(mean)),
                        strict_sum(entropies(group)[1], mean_surprise)};
    marginal_entropy(group) = cast<float>(entropies(group)[0]);
    conditional_entropy(group) = cast<float>(entropies(group)[1]);
    information(group) = cast<float>(strict_difference(entropies(group)[0], entropies(group)[1]));

    posterior.dim(0).set_min(0);
    posterior.dim(2).set_min(0);
    posterior.set_estimates({{0, 32}, {0, 1}, {0, 1 << 20}});
    information.set_estimates({{0, 1}});
    conditional_entropy.set_estimates({{0, 1}});
    marginal_entropy.set_estimates({{0, 1}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MutualInformation, mutual_information)
