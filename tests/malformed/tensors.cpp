// Files whose tensors have wrong types, shapes or numbers.
#include "tests/malformed/spoiled.h"

#include <limits>

namespace fsd::testing {
namespace {

const float nan = std::numeric_limits<float>::quiet_NaN();
const float infinity = std::numeric_limits<float>::infinity();

}  // namespace

std::vector<Malformed> spoiled_tensors(const ModelBytes &good) {
    const std::string prior = R"("first.log_prior":{"dtype":"F32","shape":[2, 4])";
    return {
        {"missing tensor",
         good.edited("first.log_prior", "first.log_posterior").file(),
         {"'first.log_prior'", "missing", "layer 0"}},
        {"tensor of no layer",
         good.edited(R"("last.observations")",
                     R"("extra":{"dtype":"F32","shape":[0],"data_offsets":[1008,1008]},"last.observations")")
             .file(),
         {"'extra'", "no layer"}},
        {"wrong dtype",
         good.edited(prior, R"("first.log_prior":{"dtype":"I32","shape":[2, 4])").file(),
         {"'first.log_prior'", "F32", "I32"}},
        {"half precision",
         good.edited(prior, R"("first.log_prior":{"dtype":"F16","shape":[2, 8])").file(),
         {"'first.log_prior'", "F16"}},
        {"wrong shape",
         good.edited(prior, R"("first.log_prior":{"dtype":"F32","shape":[4, 2])").file(),
         {"'first.log_prior'", "[2, 4]", "[4, 2]"}},
        {"wrong number of axes",
         good.edited(prior, R"("first.log_prior":{"dtype":"F32","shape":[8])").file(),
         {"'first.log_prior'", "[8]"}},
        {"NaN in a likelihood",
         good.number("first.log_likelihood", 17, nan).file(),
         {"'first.log_likelihood'", "element 17", "nan"}},
        {"infinity in a likelihood",
         good.number("last.log_likelihood", 0, -infinity).file(),
         {"'last.log_likelihood'", "element 0", "-inf"}},
        {"infinity in a prior",
         good.number("last.log_prior", 2, infinity).file(),
         {"'last.log_prior'", "element 2", "inf"}},
        {"un-normalized likelihood",
         good.number("first.log_likelihood", 8, 0.1f).file(),
         {"'first.log_likelihood'", "not normalized", "instead of 1"}},
        {"likelihood slightly off",
         good.number("last.log_likelihood", 5, -0.01f).file(),
         {"'last.log_likelihood'", "not normalized"}},
        {"un-normalized prior",
         good.number("first.log_prior", 3, -20).file(),
         {"'first.log_prior'", "not normalized"}},
        {"huge number", good.number("first.log_prior", 0, 3e38f).file(), {"'first.log_prior'", "sum to inf"}},
        {"no observations",
         good.number("last.observations", 0, 0).file(),
         {"'last.observations'", "positive"}},
        {"negative observations",
         good.number("last.observations", 0, -1).file(),
         {"'last.observations'", "positive"}},
        {"NaN observations", good.number("last.observations", 0, nan).file(), {"'last.observations'", "nan"}},
    };
}

}  // namespace fsd::testing
