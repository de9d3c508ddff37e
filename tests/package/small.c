/* A user's C program that links the kernels of one network alone: the network answers with a distribution. */
#include "runtime/fsdnet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    fsdnet_network *network = fsdnet_load(count > 1 ? arguments[1] : "");
    double sum = 0;
    if (!network) {
        fprintf(stderr, "%s\n", fsdnet_last_error());
        return 1;
    }
    int height = 0, width = 0, colors = 0;
    fsdnet_input_size(network, &height, &width, &colors);
    const int classes = fsdnet_result_size(network);
    uint8_t *image = calloc((size_t)height * (size_t)width, (size_t)colors);
    float *log_posterior = malloc((size_t)classes * sizeof(float));
    if (!image || !log_posterior || fsdnet_run(network, image, 1, log_posterior) != FSDNET_OK) {
        fprintf(stderr, "%s\n", fsdnet_last_error());
        return 1;
    }
    for (int i = 0; i < classes; i++) {
        sum += exp(log_posterior[i]);
    }
    free(image);
    free(log_posterior);
    fsdnet_free(network);
    return fabs(sum - 1) < 1e-5 ? 0 : 1;
}
