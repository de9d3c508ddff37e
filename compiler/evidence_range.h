// What the log-evidence of a quantized layer can be, proved for every input: decides how the layer can be
// normalized in float32.
#pragma once

#include "toolkit/quantization/quantized_network.h"

#include <vector>

namespace fsd::compiler {

// Of one output group, in nats.
struct EvidenceRange {
    double lowest = 0;      // no state's evidence is less
    double highest = 0;     // no state's evidence is more
    double least_peak = 0;  // the largest evidence of a group is never less
};

// input_states: of the variables that the layer reads; padded: windows may leave variables out.
std::vector<EvidenceRange> evidence_ranges(const QuantizedLayer &layer, int input_states, bool padded);

// How the exponentials of a layer's evidence stay within the normal numbers of float32.
enum class Exponent {
    bare,     // all of them are normal: e^(z - offset)
    clamped,  // the largest of a group is, and far above what is raised to the least normal number
    peaked,   // anything else: e^(z - max z)
};

struct ExponentChoice {
    Exponent exponent = Exponent::bare;
    std::vector<double> offsets;  // [group], nats; 0 for peaked
};

ExponentChoice choose_exponent(const std::vector<EvidenceRange> &ranges, int states);

}  // namespace fsd::compiler
