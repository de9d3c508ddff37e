// Names what cmake/EmbedObjects.cmake has written.
#include "compiler/device_objects.h"

extern const unsigned char embedded_call[], embedded_opencl[], embedded_cuda[];
extern const unsigned long embedded_call_size, embedded_opencl_size, embedded_cuda_size;

namespace fsd::compiler {

std::vector<ObjectFile> device_objects(const std::string &device) {
    const auto object = [](const std::string &name, const unsigned char *bytes, unsigned long size) {
        return ObjectFile{"fsdnet_device_" + name + ".o", std::string(bytes, bytes + size)};
    };
    return {object("call", embedded_call, embedded_call_size),
            device == "cuda" ? object("cuda", embedded_cuda, embedded_cuda_size)
                             : object("opencl", embedded_opencl, embedded_opencl_size)};
}

}  // namespace fsd::compiler
