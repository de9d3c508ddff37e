// Files whose fit of the novelty is spoiled.
#include "tests/malformed/spoiled.h"

#include <limits>

namespace fsd::testing {

std::vector<Malformed> spoiled_novelty(const ModelBytes &good) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::string mean = R"("novelty/mean":{"dtype":"F32","shape":[3, 2])",
                      scores = R"("novelty/scores":{"dtype":"F32","shape":[4])";
    return {
        {"part of a fit missing", good.edited("novelty/mean", "novelty/men").file(), {"'novelty/men'"}},
        {"fit of other classes",
         good.edited(mean, R"("novelty/mean":{"dtype":"F32","shape":[2, 3])").file(),
         {"'novelty/mean'", "[3, 2]", "[2, 3]"}},
        {"fit of another type",
         good.edited(mean, R"("novelty/mean":{"dtype":"I32","shape":[3, 2])").file(),
         {"'novelty/mean'", "I32"}},
        {"scores with two axes",
         good.edited(scores, R"("novelty/scores":{"dtype":"F32","shape":[2, 2])").file(),
         {"'novelty/scores'", "[2, 2]"}},
        {"NaN in a mean", good.number("novelty/mean", 3, nan).file(), {"'novelty/mean'", "nan"}},
        {"NaN in a precision",
         good.number("novelty/precision", 3, nan).file(),
         {"'novelty/precision'", "nan"}},
        {"precision that is not symmetric",
         good.number("novelty/precision", 1, 0.25f).file(),
         {"'novelty/precision'", "class 0", "symmetric"}},
        {"precision that is not definite",
         good.number("novelty/precision", 4, -1).file(),
         {"'novelty/precision'", "class 1", "definite"}},
        {"negative score", good.number("novelty/scores", 0, -1).file(), {"'novelty/scores'", "0 or more"}},
        {"scores out of order", good.number("novelty/scores", 1, 9).file(), {"'novelty/scores'", "ascend"}},
        {"NaN among the scores", good.number("novelty/scores", 1, nan).file(), {"'novelty/scores'", "nan"}},
    };
}

}  // namespace fsd::testing
