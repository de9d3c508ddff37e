// The kinds of layers that states pass through on their way to the layer that reads them.
#pragma once

#include "runtime/model.h"

namespace fsd {

// Of distributions the layer makes distributions over the same states, so that those of a state less are the
// rest, divided by its sum. Largest numbers do not sum to 1 unless they are divided by their sum.
bool passes_distributions(const Layer &layer);

}  // namespace fsd
