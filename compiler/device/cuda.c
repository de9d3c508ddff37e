/* Calls of networks compiled for CUDA. The few declarations of the driver's interface that takes are written
 * here (they are the same since CUDA 7), so that the build needs no toolkit; the driver is loaded when a
 * network is first called. */
#include "compiler/device/call.h"

#include "HalideRuntimeCuda.h"

#include <dlfcn.h>
#include <stdlib.h>

typedef int code;
typedef uint64_t address;

static const code no_device = 100;
static const int context_of_pointer = 1;

static struct {
    code (*cuInit)(unsigned);
    code (*cuDeviceGetCount)(int *);
    code (*cuDeviceGet)(int *, int);
    code (*cuDevicePrimaryCtxRetain)(void **, int);
    code (*cuDevicePrimaryCtxRelease)(int);
    code (*cuCtxGetCurrent)(void **);
    code (*cuCtxPushCurrent_v2)(void *);
    code (*cuCtxPopCurrent_v2)(void **);
    code (*cuPointerGetAttribute)(void *, int, address);
    code (*cuMemGetAddressRange_v2)(address *, size_t *, address);
} cu;

/* The device's primary context, held where the caller has none; -1: not held. */
static int primary_device = -1;
static void *primary_context;
static halide_cuda_acquire_context_t acquire_before;

static int load(void) {
    static int loaded;
    if (loaded) {
        return 1;
    }
    /* For all: Halide looks for libcuda.so only, which not every driver installs. */
    void *library = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL);
    if (!library) {
        return 0;
    }
    int missing = 0;
#define FIND(function) missing |= (*(void **)&cu.function = dlsym(library, #function)) == NULL
    FIND(cuInit);
    FIND(cuDeviceGetCount);
    FIND(cuDeviceGet);
    FIND(cuDevicePrimaryCtxRetain);
    FIND(cuDevicePrimaryCtxRelease);
    FIND(cuCtxGetCurrent);
    FIND(cuCtxPushCurrent_v2);
    FIND(cuCtxPopCurrent_v2);
    FIND(cuPointerGetAttribute);
    FIND(cuMemGetAddressRange_v2);
#undef FIND
    loaded = !missing;
    return loaded;
}

static code hold_primary(void **context) {
    if (primary_device < 0) {
        const char *wanted = getenv("HL_GPU_DEVICE");
        int devices = 0, device = 0;
        code failure = cu.cuDeviceGetCount(&devices);
        if (failure == 0 && devices == 0) {
            failure = no_device;
        }
        if (failure == 0) {
            failure = cu.cuDeviceGet(&device, wanted ? atoi(wanted) : 0);
        }
        if (failure == 0) {
            failure = cu.cuDevicePrimaryCtxRetain(&primary_context, device);
        }
        if (failure != 0) {
            return failure;
        }
        primary_device = device;
    }
    *context = primary_context;
    return 0;
}

static void leave(struct fsdnet_place *place) {
    if (primary_device >= 0 && place->context == primary_context) {
        cu.cuDevicePrimaryCtxRelease(primary_device);
        primary_device = -1;
    }
}

/* The bytes from an address to the end of its allocation, or 0 where the driver does not say; it answers in a
 * context only. Memory beyond them would be an error from which a context does not recover. */
static size_t bytes_from(address memory, void *context) {
    address base = 0;
    size_t size = 0;
    if (context && cu.cuCtxPushCurrent_v2(context) != 0) {
        return 0;
    }
    const code failure = cu.cuMemGetAddressRange_v2(&base, &size, memory);
    if (context) {
        cu.cuCtxPopCurrent_v2(&context);
    }
    return failure == 0 ? (size_t)(base + size - memory) : 0;
}

static int check_memory(const char *what, address memory, size_t bytes, void **context) {
    if (cu.cuPointerGetAttribute((void *)context, context_of_pointer, memory) != 0) {
        return fsdnet_device_fail(fsdnet_wrong_memory, "The %s is no memory of a CUDA device.", what);
    }
    const size_t available = bytes_from(memory, *context);
    if (available != 0 && available < bytes) {
        return fsdnet_device_fail(fsdnet_wrong_memory,
                                  "The device memory of the %s has %zu bytes; %zu are needed.", what,
                                  available, bytes);
    }
    return 0;
}

/* The context of the caller's memory; that of memory from a pool is the current one. */
static int find_context_of(const struct halide_buffer_t *image, const struct halide_buffer_t *log_posterior,
                           void **context) {
    const size_t images = (size_t)image->dim[3].extent * (size_t)image->dim[3].stride;
    const size_t numbers = (size_t)log_posterior->dim[1].extent * (size_t)log_posterior->dim[1].stride;
    void *first = NULL, *second = NULL;
    int status = check_memory("image", (address)(uintptr_t)image->host, images, &first);
    if (status == 0) {
        status = check_memory("log_posterior", (address)(uintptr_t)log_posterior->host,
                              numbers * sizeof(float), &second);
    }
    if (status == 0 && first && second && first != second) {
        status = fsdnet_device_fail(fsdnet_wrong_memory,
                                    "The image and the log_posterior belong to different contexts.");
    }
    if (first || second) {
        *context = first ? first : second;
    }
    return status;
}

static int enter(const struct halide_buffer_t *image, const struct halide_buffer_t *log_posterior,
                 int32_t on_device) {
    if (!load()) {
        return fsdnet_device_fail(fsdnet_device_trouble,
                                  "There is no CUDA here: libcuda.so.1, NVIDIA's driver, cannot be loaded.");
    }
    void *context = NULL;
    code failure = cu.cuInit(0);
    if (failure == 0) {
        failure = cu.cuCtxGetCurrent(&context);
    }
    if (failure == 0 && on_device) {
        const int status = find_context_of(image, log_posterior, &context);
        if (status != 0) {
            return status;
        }
    }
    if (failure == 0 && !context) {
        failure = hold_primary(&context);
    }
    if (failure != 0) {
        return fsdnet_device_fail(fsdnet_device_trouble, "CUDA has no device for a network: error %d.",
                                  failure);
    }
    if (!fsdnet_device_return_to(context)) {
        const struct fsdnet_place arrived = {
            halide_cuda_device_interface(), context, NULL, 1, leave, NULL, NULL};
        if (!fsdnet_device_arrive(&arrived)) {
            return fsdnet_device_fail(fsdnet_device_trouble, "There is no memory left.");
        }
    }
    return 0;
}

/* Halide's hook for programs with contexts of their own. */
static int acquire(void *user_context, void **context, bool create) {
    const struct fsdnet_place *place = fsdnet_device_place();
    if (!place) {
        return acquire_before(user_context, context, create);
    }
    *context = place->context;
    return 0;
}

static int wrap(struct halide_buffer_t *buffer) {
    const uint64_t memory = (uint64_t)(uintptr_t)buffer->host;
    buffer->host = NULL;
    return halide_cuda_wrap_device_ptr(NULL, buffer, memory);
}

/* Called by the networks' entries. */
int fsdnet_cuda_prepare(struct halide_buffer_t *image, struct halide_buffer_t *numbers,
                        struct halide_buffer_t *log_posterior, int32_t on_device) {
    fsdnet_device_begin();
    const halide_cuda_acquire_context_t before = halide_set_cuda_acquire_context(acquire);
    if (before != acquire) {
        acquire_before = before;
    }
    int status = enter(image, log_posterior, on_device);
    if (status == 0) {
        status = fsdnet_device_bind("CUDA", image, numbers, log_posterior, on_device ? wrap : NULL,
                                    halide_cuda_detach_device_ptr);
    }
    if (status != 0) {
        fsdnet_device_end();
    }
    return status;
}

int fsdnet_cuda_finish(int32_t status, struct halide_buffer_t *image, struct halide_buffer_t *log_posterior,
                       int32_t on_device) {
    return fsdnet_device_finish("CUDA", status, image, log_posterior,
                                on_device ? halide_cuda_detach_device_ptr : NULL);
}
