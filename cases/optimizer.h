// Shapes of the optimizers' operators.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

inline std::vector<Extents> optimizer_shapes() {
    return {{{"element", 1}},  {{"element", 2}},    {{"element", 15}},  {{"element", 16}},
            {{"element", 17}}, {{"element", 1009}}, {{"element", 4096}}};
}

// The parameters of the 16-32 network, and many.
inline std::vector<Extents> optimizer_bench_shapes() {
    return {{{"element", 18781}}, {{"element", 1 << 20}}};
}

}  // namespace fsd::testing
