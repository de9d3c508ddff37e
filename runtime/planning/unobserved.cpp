// Walks mask and states side by side.
#include "runtime/planning/unobserved.h"

namespace fsd {

void hide_unobserved(const Tensor &mask, int first, int samples, int colors, float *states) {
    const auto stride = [&](int axis) { return static_cast<std::ptrdiff_t>(mask.dim(axis).stride()); };
    const std::ptrdiff_t to_color = mask.dim(0).extent() == 1 ? 0 : stride(0);
    const auto *of_sample = static_cast<const std::uint8_t *>(mask.data()) + first * stride(3);
    for (int sample = 0; sample < samples; sample++, of_sample += stride(3)) {
        const std::uint8_t *row = of_sample;
        for (int y = 0; y < mask.dim(2).extent(); y++, row += stride(2)) {
            const std::uint8_t *pixel = row;
            for (int x = 0; x < mask.dim(1).extent(); x++, pixel += stride(1)) {
                for (int color = 0; color < colors; color++, states += 2) {
                    if (pixel[color * to_color] == 0) {
                        states[0] = states[1] = 0;
                    }
                }
            }
        }
    }
}

}  // namespace fsd
