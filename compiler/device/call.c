/* Turns, sentences, and the numbers of networks on devices. */
#include "compiler/device/call.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fsdnet_numbers {
    const uint8_t *host;
    struct halide_buffer_t on_device;
    struct halide_dimension_t dimension;
    struct fsdnet_numbers *next;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static struct fsdnet_place *places, *place_of_turn;
static char reported[512]; /* by Halide */
static halide_error_handler_t handler_before;

static __thread int has_turn;
static __thread char sentence[768];

/* Halide's own handler ends the program. */
static void remember(void *context, const char *message) {
    if (!has_turn) {
        handler_before(context, message);
        return;
    }
    if (reported[0] == '\0') {
        snprintf(reported, sizeof reported, "%s", message);
        size_t length = strcspn(reported, "\n");
        while (length > 0 && strchr(" :.", reported[length - 1])) {
            length--;
        }
        reported[length] = '\0';
    }
}

void fsdnet_device_begin(void) {
    pthread_mutex_lock(&turn);
    has_turn = 1;
    place_of_turn = NULL;
    reported[0] = sentence[0] = '\0';
    const halide_error_handler_t before = halide_set_error_handler(remember);
    if (before != remember) {
        handler_before = before;
    }
}

void fsdnet_device_end(void) {
    has_turn = 0;
    pthread_mutex_unlock(&turn);
}

int fsdnet_device_fail(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return status;
}

/* What Halide reported last, as this thread's sentence. */
static int report(const char *device, const char *advice) {
    return fsdnet_device_fail(fsdnet_device_trouble, "%s failed%s: %s.", device, advice,
                              reported[0] != '\0' ? reported : "the driver does not say why");
}

const char *fsdnet_device_error(void) {
    return sentence;
}

struct fsdnet_place *fsdnet_device_place(void) {
    return has_turn ? place_of_turn : NULL;
}

struct fsdnet_place *fsdnet_device_return_to(void *context) {
    place_of_turn = places;
    while (place_of_turn && place_of_turn->context != context) {
        place_of_turn = place_of_turn->next;
    }
    return place_of_turn;
}

/* Before the destructors of drivers, which crash under a device in use: they were loaded before this. */
static void release_at_exit(void) {
    static int registered;
    if (!registered) {
        registered = atexit(fsdnet_device_release) == 0;
    }
}

struct fsdnet_place *fsdnet_device_arrive(const struct fsdnet_place *place) {
    struct fsdnet_place *copy = malloc(sizeof *copy);
    if (copy) {
        *copy = *place;
        copy->numbers = NULL;
        copy->next = places;
        places = place_of_turn = copy;
        release_at_exit();
    }
    return copy;
}

/* Describes a network's numbers on the device, where they stay for later calls. Returns Halide's code. */
static int take_numbers(struct halide_buffer_t *numbers) {
    struct fsdnet_numbers *kept = place_of_turn->numbers;
    while (kept && kept->host != numbers->host) {
        kept = kept->next;
    }
    if (!kept) {
        kept = malloc(sizeof *kept);
        if (!kept) {
            return halide_error_code_out_of_memory;
        }
        kept->host = numbers->host;
        kept->on_device = *numbers;
        kept->dimension = numbers->dim[0];
        kept->on_device.dim = &kept->dimension;
        kept->on_device.flags = halide_buffer_flag_host_dirty;
        const int status = halide_copy_to_device(NULL, &kept->on_device, place_of_turn->interface);
        if (status != 0) {
            halide_device_free(NULL, &kept->on_device);
            free(kept);
            return status;
        }
        kept->next = place_of_turn->numbers;
        place_of_turn->numbers = kept;
    }
    numbers->device = kept->on_device.device;
    numbers->device_interface = kept->on_device.device_interface;
    return 0;
}

int fsdnet_device_bind(const char *device, struct halide_buffer_t *image, struct halide_buffer_t *numbers,
                       struct halide_buffer_t *log_posterior, fsdnet_device_wrap wrap,
                       fsdnet_device_detach detach) {
    image->flags = wrap ? 0 : halide_buffer_flag_host_dirty;
    if (take_numbers(numbers) == 0 && (!wrap || (wrap(image) == 0 && wrap(log_posterior) == 0))) {
        return 0;
    }
    detach(NULL, image);
    return report(device, "");
}

int fsdnet_device_finish(const char *device, int status, struct halide_buffer_t *image,
                         struct halide_buffer_t *log_posterior, fsdnet_device_detach detach) {
    if (status == 0) {
        status = detach ? halide_device_sync(NULL, log_posterior) : halide_copy_to_host(NULL, log_posterior);
    }
    if (status != 0) {
        status = report(device, "; a smaller batch needs less memory");
    }
    struct halide_buffer_t *const both[] = {image, log_posterior};
    for (int i = 0; i < 2; i++) {
        detach ? detach(NULL, both[i]) : halide_device_free(NULL, both[i]);
    }
    fsdnet_device_end();
    return status;
}

static void leave(struct fsdnet_place *place) {
    place_of_turn = place;
    while (place->numbers) {
        struct fsdnet_numbers *first = place->numbers;
        place->numbers = first->next;
        halide_device_free(NULL, &first->on_device);
        free(first);
    }
    halide_device_release(NULL, place->interface);
    place->leave(place);
    free(place);
}

void fsdnet_device_release(void) {
    fsdnet_device_begin();
    while (places) {
        struct fsdnet_place *first = places;
        places = first->next;
        leave(first);
    }
    place_of_turn = NULL;
    fsdnet_device_end();
}
