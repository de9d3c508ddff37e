// The contracts of compiler/device/ in the words of its two interfaces.
#include "compiler/device_header.h"

#include "runtime/error.h"

namespace fsd::compiler {
namespace {

// What a pointer to the device's memory is.
const char *const opencl_memory =
    " * cl_mem (of clCreateBuffer or clCreateSubBuffer) of one context, which is where the network runs, on\n"
    " * the context's first device and a queue of its own; the network keeps a reference to the context.\n";
const char *const cuda_memory = " * device pointers (of cudaMalloc or cuMemAlloc) of one context, which is "
                                "where the network runs, on the\n"
                                " * legacy default stream.\n";

const char *const opencl_context =
    " * a context that the network makes on the first GPU of all platforms, else on the first device; of "
    "the\n"
    " * platform that HL_OCL_PLATFORM_NAME names a part of, where it is set in the environment.\n";
const char *const cuda_context = " * the thread's current context; where there is none, in the primary "
                                 "context of device 0, or of the one\n"
                                 " * whose number HL_GPU_DEVICE has in the environment.\n";

}  // namespace

std::string device_memory(const HeaderFacts &facts, const std::string &macro) {
    return text(
        "/* About so many bytes of the device's memory per sample, for at most a quarter of a GiB of\n"
        " * samples at a time. */\n#define ",
        macro, "_DEVICE_BYTES ", facts.device_bytes, "\n\n");
}

std::string device_function(const EntryText &function, bool cuda) {
    const std::string name = function.name(), input = function.input_name(), result = function.result_name();
    return text(
        function.arguments(),
        " * Both lie in the host's memory; they are copied there and back once. Runs in\n",
        cuda ? cuda_context : opencl_context, " * Returns\n *   0: ", result,
        " is written;\n *   1: batch is negative;\n", " *   2: batch is positive and a pointer is NULL;\n",
        " *   3: (", name,
        "_device) a pointer is no device memory, that memory is too small, or the two are of\n",
        " *      different contexts;\n",
        " *   4: there is no device or no driver, or the device failed or has no memory left;\n",
        " *   5: (not ", name,
        "_device) a result is not a number: the model's numbers, or the input's, are\n",
        " *      out of range.\n",
        " * Any number of threads may call; they take turns. The weights stay on the device from the first "
        "call\n",
        " * on, which also has the driver compile the kernels. */\n", function.declaration(), ";\n\n",
        "/* The same with both in the device's memory. The pointers are\n",
        cuda ? cuda_memory : opencl_memory, " * Nothing is copied through the host. ", input,
        " must be complete before the call; ", result, " is\n", " * complete when it returns. */\n",
        function.device_declaration(), ";\n\n");
}

std::string device_functions(const HeaderFacts &facts) {
    std::string out;
    for (const EntryText &function : facts.functions()) {
        out += device_function(function, facts.device == "cuda");
    }
    return out +
           "/* Of all networks for GPUs in a program. */\n#ifndef FSDNET_DEVICE\n#define FSDNET_DEVICE\n"
           "/* A sentence about the status 3 or 4 that this thread's last call returned, else \"\"; valid "
           "until "
           "its\n"
           " * next call. */\nconst char *fsdnet_device_error(void);\n"
           "/* Gives back all memory and contexts. Happens by itself when the program exits; later calls "
           "begin "
           "anew.\n"
           " * To be called before a context is destroyed in which a network ran. */\n"
           "void fsdnet_device_release(void);\n#endif\n\n";
}

}  // namespace fsd::compiler
