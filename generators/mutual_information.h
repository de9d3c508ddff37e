// Mutual information of a site and its hidden state, in nats (MATH 4): the sites (samples and positions) are
// equally likely, the posterior is the state's distribution given the site.
#pragma once

#include "generators/operator.h"

namespace fsd {

class MutualInformation : public Operator<MutualInformation> {
public:
    static constexpr int sites_per_chunk = 1024;

    Input<Buffer<float, 3>> posterior{"posterior"};                       // state, group, site
    Output<Buffer<float, 1>> information{"information"};                  // group
    Output<Buffer<float, 1>> conditional_entropy{"conditional_entropy"};  // group
    Output<Buffer<float, 1>> marginal_entropy{"marginal_entropy"};        // group

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, chunk{"chunk"};
    Halide::RDom in_chunk, chunks, states;
    Halide::Func chunk_sums{"chunk_sums"};  // state, group, chunk: sums of h and of -h log h
    Halide::Func sums{"sums"};              // state, group: the same over all sites
    Halide::Func entropies{"entropies"};    // group: of the mean, mean
};

}  // namespace fsd
