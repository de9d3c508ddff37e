/* Recognizes a digit: compiled_example < IMAGE, where IMAGE is 28 x 28 bytes, bright ink on black. */
#include "digits.h"

#include <stdio.h>

int main(void) {
    uint8_t image[DIGITS_HEIGHT * DIGITS_WIDTH * DIGITS_COLORS];
    float log_posterior[DIGITS_CLASSES];
    if (fread(image, 1, sizeof image, stdin) != sizeof image || digits(image, 1, log_posterior) != 0) {
        fprintf(stderr, "The standard input must be %zu bytes, row by row.\n", sizeof image);
        return 3;
    }
    int best = 0;
    for (int i = 1; i < DIGITS_CLASSES; i++) {
        best = log_posterior[i] > log_posterior[best] ? i : best;
    }
    puts(digits_classes[best]);
    return 0;
}
