/* Classifies an image with the C interface: c_example MODEL IMAGE, where IMAGE is a binary PGM (P5, one
 * color) of the size that the model wants. Prints each class with its probability. */
#include "runtime/fsdnet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The pixels of a binary PGM of the given size, or NULL. */
static uint8_t *read_image(const char *path, int height, int width) {
    int found_height = 0, found_width = 0, largest = 0;
    const size_t size = (size_t)height * (size_t)width;
    uint8_t *pixels = malloc(size);
    FILE *file = fopen(path, "rb");
    const int valid = pixels && file &&
                      fscanf(file, "P5 %d %d %d", &found_width, &found_height, &largest) == 3 &&
                      fgetc(file) != EOF && found_height == height && found_width == width &&
                      largest == 255 && fread(pixels, 1, size, file) == size;
    if (file) {
        fclose(file);
    }
    if (!valid) {
        fprintf(stderr, "%s: not a binary PGM of %d x %d pixels with values up to 255.\n", path, width,
                height);
        free(pixels);
        return NULL;
    }
    return pixels;
}

static int classify(fsdnet_network *network, const char *path) {
    int height = 0, width = 0, colors = 0;
    fsdnet_input_size(network, &height, &width, &colors);
    if (colors != 1) {
        fprintf(stderr, "This example shows gray images; the model wants %d colors.\n", colors);
        return FSDNET_UNSUPPORTED;
    }
    uint8_t *pixels = read_image(path, height, width);
    float *log_posterior = malloc(sizeof(float) * (size_t)fsdnet_class_count(network));
    int status = pixels && log_posterior ? FSDNET_OK : FSDNET_BAD_INPUT;
    if (status == FSDNET_OK && (status = fsdnet_run(network, pixels, 1, log_posterior)) != FSDNET_OK) {
        fprintf(stderr, "%s\n", fsdnet_last_error());
    }
    for (int i = 0; status == FSDNET_OK && i < fsdnet_class_count(network); i++) {
        printf("%-12s %.6f\n", fsdnet_class_name(network, i), exp((double)log_posterior[i]));
    }
    free(log_posterior);
    free(pixels);
    return status;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: %s MODEL.safetensors IMAGE.pgm\n", arguments[0]);
        return FSDNET_USAGE;
    }
    fsdnet_network *network = fsdnet_load(arguments[1]);
    if (!network) {
        fprintf(stderr, "%s\n", fsdnet_last_error());
        return FSDNET_BAD_INPUT;
    }
    const int status = classify(network, arguments[2]);
    fsdnet_free(network);
    return status;
}
