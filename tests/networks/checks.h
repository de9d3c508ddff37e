// What the tests of networks share: runs, float64 checks of each kernel and of the whole, two networks.
#pragma once

#include "runtime/error.h"
#include "runtime/network.h"
#include "tests/runtime/reference.h"

#include <catch2/catch.hpp>

namespace fsd::testing {

Tensor result_for(const Model &model, int samples);
Tensor run(Network &network, const Tensor &inputs);
bool same_bits(const Tensor &a, const Tensor &b);

// Images, or numbers where the network takes no bytes.
Tensor random_inputs(const Model &model, int samples, unsigned seed);

// Each kernel against the float64 layers that it computes, from what the kernel before it gave, for 3
// samples.
void check_kernels(const Model &model, bool fuse, const Tensor &inputs);

// The result for 2 samples against float64.
void check_whole(const Model &model, const Tensor &inputs);

// The 16-32 network of the paper, and one with padding, strides and three colors.
Model digits();
Model padded_colors();

template<typename Action>
void require_error(ExitCode code, const std::string &part, Action action) {
    try {
        action();
    } catch (const Error &error) {
        REQUIRE(error.code() == code);
        REQUIRE_THAT(error.what(), Catch::Contains(part));
        return;
    }
    FAIL("no Error that says " << part);
}

}  // namespace fsd::testing
