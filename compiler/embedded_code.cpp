// Names what cmake/EmbedObjects.cmake has written.
#include "compiler/embedded_code.h"

extern const unsigned char embedded_call[], embedded_opencl[], embedded_cuda[], embedded_processor_state[];
extern const unsigned long embedded_call_size, embedded_opencl_size, embedded_cuda_size,
    embedded_processor_state_size;

namespace fsd::compiler {
namespace {

ObjectFile object(const std::string &name, const unsigned char *bytes, unsigned long size) {
    return {"fsdnet_" + name + ".o", std::string(bytes, bytes + size)};
}

}  // namespace

std::vector<ObjectFile> device_objects(const std::string &device) {
    return {object("device_call", embedded_call, embedded_call_size),
            device == "cuda" ? object("device_cuda", embedded_cuda, embedded_cuda_size)
                             : object("device_opencl", embedded_opencl, embedded_opencl_size)};
}

ObjectFile processor_state_object() {
    return object("processor_state", embedded_processor_state, embedded_processor_state_size);
}

}  // namespace fsd::compiler
