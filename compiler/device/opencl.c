/* Calls of networks compiled for OpenCL. The few declarations that takes are written here (from the OpenCL
 * 1.2 specification), so that the build needs no OpenCL headers; the loader is loaded when a network is first
 * called. */
#include "compiler/device/call.h"

#include "HalideRuntimeOpenCL.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef int32_t code;
typedef uint32_t count;

static const count platform_name = 0x0902, device_type = 0x1000, device_abilities = 0x101b,
                   context_devices = 0x1081, memory_size = 0x1102, memory_context = 0x1106;
static const uint64_t any_device = 0xffffffff, gpu = 1 << 2, exact_division = 1 << 7;

static struct {
    code (*clGetPlatformIDs)(count, void **, count *);
    code (*clGetPlatformInfo)(void *, count, size_t, void *, size_t *);
    code (*clGetDeviceIDs)(void *, uint64_t, count, void **, count *);
    code (*clGetDeviceInfo)(void *, count, size_t, void *, size_t *);
    void *(*clCreateContext)(const intptr_t *, count, void *const *, void *, void *, code *);
    code (*clGetContextInfo)(void *, count, size_t, void *, size_t *);
    code (*clRetainContext)(void *);
    code (*clReleaseContext)(void *);
    void *(*clCreateCommandQueue)(void *, void *, uint64_t, code *);
    code (*clReleaseCommandQueue)(void *);
    code (*clGetMemObjectInfo)(void *, count, size_t, void *, size_t *);
} cl;

/* Halide calls release once more than acquire where it cannot load OpenCL, which this kind of lock bears. */
static pthread_mutex_t queue_lock = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;

/* The context that is made where the caller brings none; guarded by queue_lock. */
static struct fsdnet_place own;

static int load(void) {
    static int loaded;
    if (loaded) {
        return 1;
    }
    void *library = dlopen("libOpenCL.so.1", RTLD_LAZY | RTLD_GLOBAL);
    if (!library) {
        return 0;
    }
    int missing = 0;
#define FIND(function) missing |= (*(void **)&cl.function = dlsym(library, #function)) == NULL
    FIND(clGetPlatformIDs);
    FIND(clGetPlatformInfo);
    FIND(clGetDeviceIDs);
    FIND(clGetDeviceInfo);
    FIND(clCreateContext);
    FIND(clGetContextInfo);
    FIND(clRetainContext);
    FIND(clReleaseContext);
    FIND(clCreateCommandQueue);
    FIND(clReleaseCommandQueue);
    FIND(clGetMemObjectInfo);
#undef FIND
    loaded = !missing;
    return loaded;
}

static uint64_t ability(void *device, count what) {
    uint64_t answer = 0;
    cl.clGetDeviceInfo(device, what, sizeof answer, &answer, NULL);
    return answer;
}

/* The first GPU of all platforms, else the first device; of the platform that HL_OCL_PLATFORM_NAME names a
 * part of, where it is set. */
static void *choose_device(void **platform) {
    enum { most = 16 };
    void *platforms[most], *devices[most], *chosen = NULL;
    const char *wanted = getenv("HL_OCL_PLATFORM_NAME");
    count platform_count = 0;
    if (cl.clGetPlatformIDs(most, platforms, &platform_count) != 0) {
        return NULL;
    }
    for (count p = 0; p < platform_count && p < most; p++) {
        char name[256] = "";
        cl.clGetPlatformInfo(platforms[p], platform_name, sizeof name - 1, name, NULL);
        count device_count = 0;
        if ((wanted && !strstr(name, wanted)) ||
            cl.clGetDeviceIDs(platforms[p], any_device, most, devices, &device_count) != 0) {
            continue;
        }
        for (count d = 0; d < device_count && d < most; d++) {
            const int is_gpu = (ability(devices[d], device_type) & gpu) != 0;
            if (!chosen || is_gpu) {
                chosen = devices[d];
                *platform = platforms[p];
            }
            if (is_gpu) {
                return chosen;
            }
        }
    }
    return chosen;
}

/* In a context that the place holds a reference to, or not: then it is given back. */
static code make_queue(struct fsdnet_place *place, void *device) {
    code failure = 0;
    place->divides_exactly = (ability(device, device_abilities) & exact_division) != 0;
    place->queue = cl.clCreateCommandQueue(place->context, device, 0, &failure);
    if (!place->queue) {
        cl.clReleaseContext(place->context);
        place->context = NULL;
    }
    return failure;
}

static void leave(struct fsdnet_place *place) {
    pthread_mutex_lock(&queue_lock);
    if (place->context == own.context) {
        own.context = own.queue = NULL;
    }
    cl.clReleaseCommandQueue(place->queue);
    cl.clReleaseContext(place->context);
    pthread_mutex_unlock(&queue_lock);
}

/* With queue_lock. Returns OpenCL's code. */
static code make_own(void) {
    void *platform = NULL, *device = load() ? choose_device(&platform) : NULL;
    if (!device) {
        return -1; /* CL_DEVICE_NOT_FOUND */
    }
    const intptr_t properties[] = {0x1084, (intptr_t)platform, 0};
    code failure = 0;
    own.context = cl.clCreateContext(properties, 1, &device, NULL, NULL, &failure);
    return own.context ? make_queue(&own, device) : failure;
}

static int enter_own(void) {
    pthread_mutex_lock(&queue_lock);
    const code failure = own.context ? 0 : make_own();
    const struct fsdnet_place place = own;
    pthread_mutex_unlock(&queue_lock);
    if (!load()) {
        return fsdnet_device_fail(fsdnet_device_trouble,
                                  "There is no OpenCL here: libOpenCL.so.1 cannot be loaded (Debian: "
                                  "ocl-icd-libopencl1).");
    }
    if (failure == -1) {
        return fsdnet_device_fail(fsdnet_device_trouble,
                                  "OpenCL knows no device: a vendor's driver is missing (Debian's "
                                  "pocl-opencl-icd runs OpenCL on the CPU).");
    }
    if (failure != 0) {
        return fsdnet_device_fail(fsdnet_device_trouble, "OpenCL's device cannot be used: error %d.",
                                  (int)failure);
    }
    if (!fsdnet_device_return_to(place.context)) {
        const struct fsdnet_place arrived = {halide_opencl_device_interface(),
                                             place.context,
                                             place.queue,
                                             place.divides_exactly,
                                             leave,
                                             NULL,
                                             NULL};
        if (!fsdnet_device_arrive(&arrived)) {
            return fsdnet_device_fail(fsdnet_device_trouble, "There is no memory left.");
        }
    }
    return 0;
}

static int check_memory(const char *what, void *memory, size_t bytes, void **context) {
    size_t size = 0;
    if (cl.clGetMemObjectInfo(memory, memory_size, sizeof size, &size, NULL) != 0 ||
        cl.clGetMemObjectInfo(memory, memory_context, sizeof *context, context, NULL) != 0) {
        return fsdnet_device_fail(fsdnet_wrong_memory, "The %s is no cl_mem.", what);
    }
    if (size < bytes) {
        return fsdnet_device_fail(fsdnet_wrong_memory, "The cl_mem of the %s has %zu bytes; %zu are needed.",
                                  what, size, bytes);
    }
    return 0;
}

/* The context of the caller's memory. */
static int enter_context_of(const struct halide_buffer_t *image,
                            const struct halide_buffer_t *log_posterior) {
    const size_t images = (size_t)image->dim[3].extent * (size_t)image->dim[3].stride;
    const size_t numbers = (size_t)log_posterior->dim[1].extent * (size_t)log_posterior->dim[1].stride;
    void *context = NULL, *other = NULL, *devices[16] = {NULL};
    if (!load()) {
        return enter_own();
    }
    int status = check_memory("image", image->host, images, &context);
    if (status == 0) {
        status = check_memory("log_posterior", log_posterior->host, numbers * sizeof(float), &other);
    }
    if (status != 0) {
        return status;
    }
    if (context != other) {
        return fsdnet_device_fail(fsdnet_wrong_memory,
                                  "The image and the log_posterior belong to different contexts.");
    }
    if (fsdnet_device_return_to(context)) {
        return 0;
    }
    struct fsdnet_place place = {halide_opencl_device_interface(), context, NULL, 0, leave, NULL, NULL};
    cl.clRetainContext(context);
    cl.clGetContextInfo(context, context_devices, sizeof devices, (void *)devices, NULL);
    const code failure = make_queue(&place, devices[0]);
    if (failure != 0) {
        return fsdnet_device_fail(fsdnet_device_trouble,
                                  "The context of the image has no device for a network: error %d.",
                                  (int)failure);
    }
    if (!fsdnet_device_arrive(&place)) {
        leave(&place);
        return fsdnet_device_fail(fsdnet_device_trouble, "There is no memory left.");
    }
    return 0;
}

static int wrap(struct halide_buffer_t *buffer) {
    const uint64_t memory = (uint64_t)(uintptr_t)buffer->host;
    buffer->host = NULL;
    return halide_opencl_wrap_cl_mem(NULL, buffer, memory);
}

/* Called by the networks' entries. */
int fsdnet_opencl_prepare(struct halide_buffer_t *image, struct halide_buffer_t *numbers,
                          struct halide_buffer_t *log_posterior, int32_t on_device) {
    fsdnet_device_begin();
    int status = on_device ? enter_context_of(image, log_posterior) : enter_own();
    if (status == 0 && !getenv("HL_OCL_BUILD_OPTIONS")) {
        const char *options = "-cl-fp32-correctly-rounded-divide-sqrt";
        halide_opencl_set_build_options(fsdnet_device_place()->divides_exactly ? options : "");
    }
    if (status == 0) {
        status = fsdnet_device_bind("OpenCL", image, numbers, log_posterior, on_device ? wrap : NULL,
                                    halide_opencl_detach_cl_mem);
    }
    if (status != 0) {
        fsdnet_device_end();
    }
    return status;
}

int fsdnet_opencl_finish(int32_t status, struct halide_buffer_t *image, struct halide_buffer_t *log_posterior,
                         int32_t on_device) {
    return fsdnet_device_finish("OpenCL", status, image, log_posterior,
                                on_device ? halide_opencl_detach_cl_mem : NULL);
}

/* Halide's hooks, which it has for programs with contexts of their own. Its other kernels in the program get
 * the own context. */
int halide_acquire_cl_context(void *user_context, void **context, void **queue, bool create);
int halide_release_cl_context(void *user_context);

int halide_acquire_cl_context(void *user_context, void **context, void **queue, bool create) {
    (void)user_context;
    const struct fsdnet_place *place = fsdnet_device_place();
    pthread_mutex_lock(&queue_lock);
    code failure = 0;
    if (!place) {
        failure = own.context || !create ? 0 : make_own();
        place = &own;
    }
    *context = place->context;
    *queue = place->queue;
    if (failure != 0) {
        pthread_mutex_unlock(&queue_lock);
    }
    return failure != 0 ? halide_error_code_gpu_device_error : 0;
}

int halide_release_cl_context(void *user_context) {
    (void)user_context;
    pthread_mutex_unlock(&queue_lock);
    return 0;
}
