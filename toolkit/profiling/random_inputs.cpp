// One generator, seeded alike.
#include "toolkit/profiling/random_inputs.h"

#include <algorithm>
#include <random>

namespace fsd {

Tensor random_inputs(const Input &input, int samples) {
    std::mt19937 random(1);
    if (input.takes_bytes()) {
        Tensor images = make_tensor<uint8_t>({samples, input.height, input.width, input.colors});
        std::generate_n(static_cast<uint8_t *>(images.data()), images.number_of_elements(),
                        [&] { return static_cast<uint8_t>(random() >> 24); });
        return images;
    }
    Tensor numbers = make_tensor<float>({samples, input.colors});
    std::normal_distribution<float> normal;
    std::generate_n(static_cast<float *>(numbers.data()), numbers.number_of_elements(),
                    [&] { return normal(random); });
    return numbers;
}

}  // namespace fsd
