// An inference program carries what networks run, and nothing that trains or examines them.
#include "runtime/error.h"
#include "runtime/registry.h"
#include "runtime/signature.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace fsd;

namespace {

bool is_gradient(const Kernel &kernel) {
    return kernel.op.find("_backward") != std::string::npos;
}

}  // namespace

TEST_CASE("an inference program has no gradients", "[kernel_sets]") {
    REQUIRE_FALSE(kernels().empty());
    REQUIRE(std::none_of(kernels().begin(), kernels().end(), is_gradient));
}

TEST_CASE("an inference program has no losses, optimizers or measures of information", "[kernel_sets]") {
    for (const char *op : {"adam", "cross_entropy", "log_normalize_filters", "entropy", "kl_divergence",
                           "mutual_information"}) {
        INFO(op);
        CHECK(find_kernel(op, {"cpu", "opencl", "cuda"}) == nullptr);
        CHECK_THROWS_WITH(signature_of(op), Catch::Contains(op));
    }
}

TEST_CASE("an inference program has what networks are made of", "[kernel_sets]") {
    for (const char *op : {"bernoulli_states", "kld_conv", "kld_linear", "normalize", "log_normalize", "relu",
                           "marginal_pool", "kld_conv_normalize_marginal_pool"}) {
        INFO(op);
        CHECK(find_kernel(op, {"cpu"}) != nullptr);
        CHECK_NOTHROW(signature_of(op));
    }
}
