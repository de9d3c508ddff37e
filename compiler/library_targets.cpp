// Checks targets before anything is compiled.
#include "compiler/library_targets.h"

#include "runtime/error.h"

namespace fsd::compiler {
namespace {

using Halide::Target;

// Maxwell (2014) and everything since.
constexpr int least_cuda_capability = 50;

// The machines on which compiled networks have been run, in the words of a sentence.
const char *const known_machines =
    "x86-64-linux, arm-64-linux, arm-32-linux (ARMv7 with NEON) and wasm-32-wasmrt (WebAssembly)";

// Halide takes other machines, too; for some LLVM fails an assertion, RISC-V with vectors of 128 bits among
// them, and for none has anyone run a network.
bool is_known_machine(const Target &target) {
    if (target.os == Target::WebAssemblyRuntime) {
        return target.arch == Target::WebAssembly && target.bits == 32;
    }
    const bool is_x86 = target.arch == Target::X86 && target.bits == 64;
    const bool is_arm = target.arch == Target::ARM && !target.has_feature(Target::NoNEON) &&
                        !target.has_feature(Target::SVE) && !target.has_feature(Target::SVE2);
    return target.os == Target::Linux && (is_x86 || is_arm);
}

Target parse_target(const std::string &name) {
    if (!Target::validate_target_string(name)) {
        throw Error(ExitCode::usage, text("Unknown target '", name,
                                          "'; expected a name like x86-64-linux-avx2-fma, arm-64-linux, "
                                          "wasm-32-wasmrt-wasm_simd128, host or x86-64-linux-opencl."));
    }
    const Target target(name);
    if (!is_known_machine(target)) {
        throw Error(ExitCode::unsupported,
                    text("Networks are known to run on the machines ", known_machines,
                         " and compiled for no other; the target '", name, "' is another one."));
    }
    return target.with_feature(Target::NoBoundsQuery);
}

std::string device_of(const Target &target, const std::string &name) {
    const bool opencl = target.has_feature(Target::OpenCL), cuda = target.has_feature(Target::CUDA);
    if (opencl && cuda) {
        throw Error(ExitCode::usage, text("The target '", name, "' has two devices; a library is for one."));
    }
    if (!opencl && !cuda && target.has_gpu_feature()) {
        throw Error(ExitCode::unsupported,
                    text("Networks are compiled for CPUs, OpenCL and CUDA; the target '", name,
                         "' is none of them."));
    }
    const bool is_x86 = target.os == Target::Linux && target.arch == Target::X86 && target.bits == 64;
    if ((opencl || cuda) && !is_x86) {
        throw Error(ExitCode::unsupported,
                    text("Networks for GPUs are compiled for Linux on x86-64; the target '", name,
                         "' is another machine."));
    }
    return opencl ? "opencl" : cuda ? "cuda" : "";
}

// Failures of a device are assertions to Halide.
Target for_device(Target target) {
    if (target.has_feature(Target::CUDA) &&
        target.get_cuda_capability_lower_bound() < least_cuda_capability) {
        target.set_feature(Target::CUDACapability50);
    }
    return target.with_feature(Target::NoRuntime);
}

}  // namespace

LibraryTargets parse_targets(const std::vector<std::string> &names) {
    LibraryTargets targets;
    for (const std::string &name : names) {
        const Target target = parse_target(name);
        const std::string device = device_of(target, name);
        if (!device.empty() && names.size() > 1) {
            throw Error(ExitCode::usage, text("A library for a GPU is for one target; '", name,
                                              "' is one of ", names.size(), "."));
        }
        // The C function has checked everything else that Halide's assertions would check.
        targets.all.push_back(device.empty() ? target.with_feature(Target::NoAsserts) : for_device(target));
        targets.device = device;
        const Target &first = targets.all.front();
        if (first.os != target.os || first.arch != target.arch || first.bits != target.bits) {
            throw Error(ExitCode::usage, text("The targets '", names.front(), "' and '", name,
                                              "' are different machines; a library is for one."));
        }
    }
    for (Target &target : targets.all) {  // the library brings what it needs of Halide's runtime once
        target.set_feature(Target::NoRuntime);
    }
    return targets;
}

}  // namespace fsd::compiler
