/* The C interface of fsdnet: load a network, classify images, ask what it is.
 *
 *     fsdnet_network *network = fsdnet_load("digits.safetensors");
 *     if (!network || fsdnet_run(network, images, count, log_posterior) != FSDNET_OK) {
 *         fprintf(stderr, "%s\n", fsdnet_last_error());
 *     }
 *     fsdnet_free(network);
 *
 * Stable: functions and codes keep their meaning, and new ones are only added, as long as FSDNET_API_VERSION
 * stays the same. No exception crosses this interface. Link with fsdnet::kernels (CMake, after
 * find_package(fsdnet)), which brings the kernels and the runtime, or ask pkg-config for fsdnet.
 *
 * Threads: different networks may be used at the same time; calls on one network wait for each other. A call
 * needs at most FSDNET_STACK_BYTES of its thread's stack on the CPU; a device's driver may need more.
 *
 * Environment: FSDNET_INSTRUCTION_SET=avx2 (avx512_vnni, avx512, avx2, baseline) keeps the kernels from using
 * anything above it; another word, or a set that the machine lacks, makes fsdnet_load() fail.
 *
 * Memory: where there is none left, a call fails with FSDNET_INTERNAL, and what was loaded before goes on to
 * work. Numbers in texts and files are the same in every locale of the program.
 */
#ifndef FSDNET_H
#define FSDNET_H

/* C has no other way: NOLINTBEGIN(modernize-*,readability-identifier-naming,cppcoreguidelines-macro-usage) */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FSDNET_API_VERSION 1
#define FSDNET_STACK_BYTES (128 * 1024)

/* FSDNET_API_VERSION of the library that is linked. */
int fsdnet_api_version(void);

/* What a call ended with; the same numbers as the exit codes of the command line. */
enum fsdnet_status {
    FSDNET_OK = 0,
    FSDNET_USAGE = 2,       /* an argument that makes no sense, e.g. NULL */
    FSDNET_BAD_INPUT = 3,   /* a file or numbers that cannot be used */
    FSDNET_UNSUPPORTED = 4, /* this library lacks what the model needs, or the device is missing or fails */
    FSDNET_INTERNAL = 5     /* a fault of fsdnet, or no memory left */
};

/* Why the last call on this thread that failed did so: one sentence. "" before the first failure. The text
 * stays valid until the next failure on this thread. */
const char *fsdnet_last_error(void);

typedef struct fsdnet_network fsdnet_network;

/* Loads a model file (docs/formats.md), checks everything in it and plans its buffers; it runs on the CPU.
 * NULL on failure. */
fsdnet_network *fsdnet_load(const char *path);

/* The same, to run on a device: "cpu"; "cuda" or "opencl"; "auto", which is CUDA's device, else OpenCL's if
 * that is a GPU, else the CPU. Where the device is missing, fails or has no memory left, this and
 * fsdnet_run() fail with FSDNET_UNSUPPORTED. Devices are given back when the program exits: free the networks
 * before. */
fsdnet_network *fsdnet_load_on(const char *path, const char *device);

/* As fsdnet_load(), and fsdnet_run() and fsdnet_run_floats() call a shared library that 'fsdnet compile
 * --shared' made of this very network, in place of the kernels: faster, and rounded otherwise. The library is
 * code that runs in this process; calls need as much of their thread's stack as its header says, besides.
 * FSDNET_BAD_INPUT where it cannot be loaded or was compiled of another network. */
fsdnet_network *fsdnet_load_compiled(const char *path, const char *library);

/* Releases a network; NULL is allowed. */
void fsdnet_free(fsdnet_network *network);

/* The input of the network; a vector has height 1, width 1 and as many colors as numbers. Each pointer may be
 * NULL. */
int fsdnet_input_size(const fsdnet_network *network, int *height, int *width, int *colors);

/* 0 where `network` is NULL, and for a network that gives numbers instead of classes. */
int fsdnet_class_count(const fsdnet_network *network);
int fsdnet_layer_count(const fsdnet_network *network);

/* UTF-8, valid until the network is freed; NULL for an index that does not exist. */
const char *fsdnet_class_name(const fsdnet_network *network, int index);

/* A JSON object, UTF-8, valid until the network is freed:
 *     {"input": {"kind": "bernoulli", "height": 28, "width": 28, "colors": 1}, "numbers": 10, "classes":
 * ["0", ...], "parameters": 18781, "layers": [{"op": "kld_conv", "name": "first", "shape": [24, 24, 1, 16]},
 * ...], "preprocessing": "digit", "device": "cpu", "device_name": "avx512", "kernels":
 * ["success_probability_cpu", ...]} where `shape` is the layer's output [y, x, group, state]. NULL where
 * `network` is NULL. */
const char *fsdnet_describe(const fsdnet_network *network);

/* Classifies `count` images (0 is allowed).
 *   images         count * height * width * colors bytes, C order [sample, y, x, color]
 *   log_posterior  receives count * classes numbers, C order [sample, class]: log-probabilities in nats
 * The same bits for any number of threads and however the images are split into calls, on one device. A build
 * that adopted kernels for one shape (docs/tuning.md; none of its own accord does) may round differently
 * where they are used. Allocates no memory after the first call; a device's driver may. Returns an
 * fsdnet_status; on failure log_posterior may be partly written. */
int fsdnet_run(fsdnet_network *network, const uint8_t *images, size_t count, float *log_posterior);

/* The same for inputs that are numbers: vectors, maps, or images whose pixels are floats.
 *   numbers        count * height * width * colors floats, C order [sample, y, x, color]; where the input's
 * kind is "bernoulli" the probabilities of state 1, between 0 and 1; else finite numbers, which the network
 * scales as its model says result         receives count * fsdnet_result_size() numbers, C order:
 * log-probabilities in nats, or the numbers of a network without classes */
int fsdnet_run_floats(fsdnet_network *network, const float *numbers, size_t count, float *result);

/* As fsdnet_run(), for images of which not every pixel was observed. An unobserved pixel contributes nothing,
 * whatever its value: the posterior is what follows from the others alone.
 *   mask           count * height * width * mask_colors bytes, C order [sample, y, x, color]: 0 where a
 * pixel, or one color of it, was not observed mask_colors    1, or as many as the network's input has
 * FSDNET_UNSUPPORTED for a network that does not read images as Bernoulli states by a KLD layer. */
int fsdnet_run_masked(fsdnet_network *network, const uint8_t *images, const uint8_t *mask, int mask_colors,
                      size_t count, float *log_posterior);

/* As fsdnet_run(), and says how unlike the images that the model was calibrated on each image is.
 *   novelty        receives count scores, >= 0, higher for stranger images; may be NULL
 *   p_value        receives count numbers above 0 and at most 1: the share of known images that score as
 * high. Of images like those, at most a share a has a p-value of at most a; may be NULL FSDNET_UNSUPPORTED
 * for a model without such a fit; `fsdnet calibrate` adds it. log_posterior may differ from that of
 * fsdnet_run() by rounding. */
int fsdnet_judge(fsdnet_network *network, const uint8_t *images, size_t count, float *log_posterior,
                 float *novelty, float *p_value);

/* Numbers that the network gives for a sample: as many as classes, where it has any. 0 where `network` is
 * NULL. */
int fsdnet_result_size(const fsdnet_network *network);

#ifdef __cplusplus
}
#endif

/* NOLINTEND(modernize-*,readability-identifier-naming,cppcoreguidelines-macro-usage) */

#endif
