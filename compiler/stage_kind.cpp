// Finds kinds of stages.
#include "compiler/stage_kind.h"

#include "compiler/layers/known_stages.h"
#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"

#include <algorithm>

namespace fsd::compiler {

const StageKind *find_stage_kind(const std::string &op) {
    static const std::vector<StageKind> all = known_stages();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const StageKind &kind) { return kind.op == op; });
    return found == all.end() ? nullptr : &*found;
}

const StageKind &stage_kind(const Model &model, std::size_t index) {
    const Layer &layer = model.layers[index];
    if (const StageKind *kind = find_stage_kind(layer_kind(layer.op).op_of(layer))) {
        return *kind;
    }
    throw Error(ExitCode::unsupported, text(describe_layer(layer, index),
                                            ": no network with such a layer can be compiled; run it with the "
                                            "runtime."));
}

}  // namespace fsd::compiler
