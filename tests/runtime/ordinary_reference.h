// The float64 formulas of ordinary layers and their rounding errors to first order in epsilon.
#pragma once

#include "tests/runtime/reference.h"

namespace fsd::testing {

// True where `op` is a kind that this file knows.
bool is_ordinary(const std::string &op);

// As apply(), for those kinds.
ReferenceMap apply_ordinary(const Model &model, std::size_t layer, const ReferenceMap &input);

}  // namespace fsd::testing
