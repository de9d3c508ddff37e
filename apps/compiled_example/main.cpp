// Recognizes a digit in C++: compiled_example_cpp < IMAGE, where IMAGE is 28 x 28 bytes, bright ink on black.
#include "digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iostream>

int main() {
    std::array<char, DIGITS_HEIGHT * DIGITS_WIDTH * DIGITS_COLORS> image{};
    std::array<float, DIGITS_CLASSES> log_posterior{};
    std::cin.read(image.data(), image.size());
    if (!std::cin || digits(reinterpret_cast<const uint8_t *>(image.data()), 1, log_posterior.data()) != 0) {
        std::cerr << "The standard input must be " << image.size() << " bytes, row by row.\n";
        return 3;
    }
    const std::ptrdiff_t best =
        std::max_element(log_posterior.begin(), log_posterior.end()) - log_posterior.begin();
    std::cout << digits_classes[best] << '\n';
}
