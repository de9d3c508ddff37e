// Single kernels by name for bench/rivals/ours.py, over plain C functions. Each returns 0, or 1 after a
// failure that rivals_error() explains.
#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/threads.h"
#include "toolkit/profiling/machine_peak.h"

#include <exception>
#include <memory>
#include <string>

namespace {

std::string last_error;

template<typename Action>
int guarded(Action action) noexcept {
    try {
        action();
        return 0;
    } catch (const std::exception &error) {
        last_error = error.what();
        return 1;
    }
}

fsd::Call &call_of(void *call) {
    return *static_cast<fsd::Call *>(call);
}

}  // namespace

extern "C" {

const char *rivals_error() {
    return last_error.c_str();
}

int rivals_set_threads(int count) {
    return guarded([&] { fsd::set_threads(count); });
}

const char *rivals_instruction_set() {
    static const std::string set = fsd::instruction_set();
    return set.c_str();
}

// Operations per second, and bytes read and written per second, of this machine.
double rivals_peak(int threads) {
    return fsd::peak_operations(threads);
}

double rivals_copy_bandwidth(std::size_t bytes, int threads) {
    return fsd::copy_bandwidth(fsd::copied_bytes(static_cast<double>(bytes)), threads);
}

// nullptr on failure. The call lives as long as the process.
void *rivals_call(const char *op) {
    fsd::Call *call = nullptr;
    guarded([&] { call = std::make_unique<fsd::Call>(fsd::need_kernel(op, {"tuned", "cpu"})).release(); });
    return call;
}

// A dense float32 tensor over memory that the caller keeps.
int rivals_set_tensor(void *call, const char *argument, float *data, int axes, const int *shape) {
    return guarded([&] {
        call_of(call).set(argument,
                          fsd::view_tensor(halide_type_of<float>(), data, fsd::Shape(shape, shape + axes)));
    });
}

int rivals_set_scalar(void *call, const char *argument, double value) {
    return guarded([&] { call_of(call).set(argument, value); });
}

int rivals_run(void *call) {
    return guarded([&] { call_of(call)(); });
}
}
