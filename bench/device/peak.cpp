// The kernels of bench/device/peak_generator.cpp, with more elements until a call takes long enough to be
// timed.
#include "bench/device/peak.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/tensor.h"
#include "toolkit/profiling/stopwatch.h"

#ifdef FSDNET_BENCH_CUDA
#include "device_copy_cuda.h"
#include "device_multiply_adds_cuda.h"
#endif
#ifdef FSDNET_BENCH_OPENCL
#include "device_copy_opencl.h"
#include "device_multiply_adds_opencl.h"
#endif

#include <algorithm>

namespace fsd::bench {
namespace {

using Kernel = int (*)(halide_buffer_t *, halide_buffer_t *);

struct Kernels {
    Kernel multiply_adds, copy;
};

Kernels kernels_of(const std::string &device) {
#ifdef FSDNET_BENCH_CUDA
    if (device == "cuda") {
        return {device_multiply_adds_cuda, device_copy_cuda};
    }
#endif
#ifdef FSDNET_BENCH_OPENCL
    if (device == "opencl") {
        return {device_multiply_adds_opencl, device_copy_opencl};
    }
#endif
    throw Error(ExitCode::usage, text("No kernels are built for the device '", device, "'."));
}

void check(int code) {
    if (code != 0) {
        throw Error(ExitCode::unsupported, "The device failed while its peak was measured.");
    }
}

// The shortest of some calls over `elements`.
double seconds(Kernel kernel, const std::string &device, int elements) {
    const halide_device_interface_t *interface = device_interface(device);
    Tensor from = make_tensor<float>({elements}), to = make_tensor<float>({elements});
    std::fill_n(static_cast<float *>(from.data()), elements, 0.5f);
    from.set_host_dirty();
    double best = 1e30;
    for (int round = 0; round < 6; round++) {
        const Stopwatch watch(Stopwatch::of_world);
        check(kernel(from.raw_buffer(), to.raw_buffer()));
        check(halide_device_sync_global(nullptr, interface));
        best = round == 0 ? best : std::min(best, watch.seconds());  // the first one compiles and copies
    }
    check(to.device_free());
    check(from.device_free());
    return best;
}

// Elements per second of as many elements as take `enough` seconds.
double rate(Kernel kernel, const std::string &device, int most_elements, double enough) {
    int elements = 1 << 12;
    double taken = seconds(kernel, device, elements);
    while (taken < enough && elements < most_elements) {
        elements *= 4;
        taken = seconds(kernel, device, elements);
    }
    return elements / taken;
}

}  // namespace

double device_peak_operations(const std::string &device) {
    return rate(kernels_of(device).multiply_adds, device, 1 << 24, 2e-3) *
           FSDNET_BENCH_OPERATIONS_PER_ELEMENT;
}

double device_copy_bandwidth(const std::string &device) {
    return rate(kernels_of(device).copy, device, 1 << 27, 20e-3) * 2 * sizeof(float);
}

}  // namespace fsd::bench
