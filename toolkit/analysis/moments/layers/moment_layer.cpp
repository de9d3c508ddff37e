// Finds rooms by the kind's name.
#include "toolkit/analysis/moments/layers/moment_layer.h"

#include "toolkit/analysis/moments/layers/known_moment_layers.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

const std::vector<MomentLayer> &rooms() {
    static const std::vector<MomentLayer> all = known_moment_layers();
    return all;
}

}  // namespace

const float *MomentPlace::numbers(const std::string &role) const {
    return static_cast<const float *>(model.tensor(layer().name + "." + role).data());
}

const MomentLayer *find_moment_layer(const std::string &kind) {
    const auto found = std::find_if(rooms().begin(), rooms().end(),
                                    [&](const MomentLayer &room) { return room.kind == kind; });
    return found == rooms().end() ? nullptr : &*found;
}

std::string kinds_with_moments() {
    std::string kinds;
    for (const MomentLayer &room : rooms()) {
        kinds += (kinds.empty() ? "" : ", ") + room.kind;
    }
    return kinds;
}

}  // namespace fsd::analysis
