// A normalization of its own, with no linear part in front of it, as stages of a compiled network.
#pragma once

#include "compiler/stage_kind.h"

namespace fsd::compiler {

class RowsBlock {
public:
    RowsBlock(const StageKind &rows, const StageMap &input);

    StageMap input;  // stored: each number is read several times
    Normalization normalization;
    StageMap output;
};

}  // namespace fsd::compiler
