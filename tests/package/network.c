/* A user's C program with a compiled network in it: the network answers with a distribution. */
#include "recognize.h"

#include <math.h>
#include <stdio.h>

int main(void) {
    const uint8_t image[RECOGNIZE_HEIGHT * RECOGNIZE_WIDTH * RECOGNIZE_COLORS] = {0};
    float log_posterior[RECOGNIZE_CLASSES];
    double sum = 0;
    if (recognize(image, 1, log_posterior) != 0) {
        return 1;
    }
    for (int i = 0; i < RECOGNIZE_CLASSES; i++) {
        printf("%s %.3f\n", recognize_classes[i], exp(log_posterior[i]));
        sum += exp(log_posterior[i]);
    }
    return fabs(sum - 1) < 1e-5 ? 0 : 1;
}
