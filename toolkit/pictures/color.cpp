// Mixes in sRGB's levels.
#include "toolkit/pictures/color.h"

#include <cmath>

namespace fsd {

Color mixed(const Color &from, const Color &to, double share) {
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(from.red, to.red), mix(from.green, to.green), mix(from.blue, to.blue)};
}

}  // namespace fsd
