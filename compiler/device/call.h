/* What calls of compiled networks for GPUs share, whichever the interface to the device is.
 *
 * A call has three parts: the network's entry prepares it, runs the pipeline and finishes it. In between the
 * thread has the device for itself; calls of other threads wait. */
#ifndef FSDNET_COMPILER_DEVICE_CALL_H
#define FSDNET_COMPILER_DEVICE_CALL_H

#include "HalideRuntime.h"

/* The network's header lists them. */
enum { fsdnet_wrong_memory = 3, fsdnet_device_trouble = 4 };

/* A context of a device in which networks ran. */
struct fsdnet_place {
    const struct halide_device_interface_t *interface;
    void *context;
    void *queue; /* OpenCL's */
    int divides_exactly;
    void (*leave)(struct fsdnet_place *place); /* gives back what `arrive` took */
    struct fsdnet_numbers *numbers;            /* of the networks that ran here */
    struct fsdnet_place *next;
};

/* Waits for the device. */
void fsdnet_device_begin(void);

/* Gives it back. */
void fsdnet_device_end(void);

/* Remembers the sentence for this thread and returns the status. Only behind begin(). */
int fsdnet_device_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The place of the running call; NULL where this thread runs none. */
struct fsdnet_place *fsdnet_device_place(void);

/* Takes the place that was used before with this context, or NULL. */
struct fsdnet_place *fsdnet_device_return_to(void *context);

/* Takes a new place, of which it keeps a copy. NULL where there is no memory. */
struct fsdnet_place *fsdnet_device_arrive(const struct fsdnet_place *place);

/* Functions that make memory of the device a buffer's, and take it away again. Return Halide's code. */
typedef int (*fsdnet_device_wrap)(struct halide_buffer_t *);
typedef int (*fsdnet_device_detach)(void *user_context, struct halide_buffer_t *);

/* Makes the buffers of a call ready for a pipeline; `wrap` is NULL where they are in the host's memory.
 * `device` names the interface in sentences. Returns the call's status. */
int fsdnet_device_bind(const char *device, struct halide_buffer_t *image, struct halide_buffer_t *numbers,
                       struct halide_buffer_t *log_posterior, fsdnet_device_wrap wrap,
                       fsdnet_device_detach detach);

/* Waits for the result of a pipeline that ended with `status`, frees or (with `detach`) leaves the device's
 * memory, and ends the call. Returns its status. */
int fsdnet_device_finish(const char *device, int status, struct halide_buffer_t *image,
                         struct halide_buffer_t *log_posterior, fsdnet_device_detach detach);

/* The last failure of this thread's calls; the network's header documents both. */
const char *fsdnet_device_error(void);
void fsdnet_device_release(void);

#endif
