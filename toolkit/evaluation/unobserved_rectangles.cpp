// Places by the Mersenne twister, whose numbers the standard fixes.
#include "toolkit/evaluation/unobserved_rectangles.h"

#include <cstring>
#include <random>

namespace fsd {

Tensor rectangles_unobserved(int images, int height, int width, const Rectangle &rectangle,
                             std::uint64_t seed) {
    Tensor mask = make_tensor<std::uint8_t>({images, height, width, 1});
    std::memset(mask.data(), 1, mask.size_in_bytes());
    std::mt19937_64 random(seed);
    const auto below = [&](int bound) {
        return static_cast<int>(random() % static_cast<std::uint64_t>(bound));
    };
    auto *image = static_cast<std::uint8_t *>(mask.data());
    for (int i = 0; i < images; i++, image += static_cast<std::ptrdiff_t>(height) * width) {
        const int top = below(height - rectangle.height + 1), left = below(width - rectangle.width + 1);
        for (int y = top; y < top + rectangle.height; y++) {
            std::memset(image + static_cast<std::ptrdiff_t>(y) * width + left, 0, rectangle.width);
        }
    }
    return mask;
}

}  // namespace fsd
