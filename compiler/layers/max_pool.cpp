// max_pool: the largest number of each window.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind max_pool() {
    StageKind kind;
    kind.op = "max_pool";
    kind.pool = [](PoolStages &pool, const StageMap &input) { pool.define_largest(input); };
    kind.takes_largest = true;
    return kind;
}

}  // namespace fsd::compiler::layers
