// Binds tensors by the op's signature and calls its kernel.
#include "tests/laws/run_kernel.h"

#include "runtime/call.h"
#include "runtime/signature.h"

namespace fsd::testing {

std::map<std::string, Floats> run_kernel(const std::string &op, std::map<std::string, Floats> inputs) {
    const Kernel &kernel = need_kernel(op, {"cpu"});
    const Signature &signature = signature_of(op);
    Extents extents;
    for (const auto &[name, tensor] : inputs) {
        unify(signature, name, tensor.shape, extents);
    }
    if (signature.derive) {
        signature.derive(extents);
    }
    Call call(kernel);
    std::map<std::string, Floats> outputs;
    for (const ArgumentSignature &argument : signature.arguments) {
        const bool given = inputs.count(argument.name) > 0;
        Floats &tensor = given ? inputs[argument.name] : outputs[argument.name];
        if (!given) {
            tensor.shape = shape_of(signature, argument.name, extents);
            tensor.data.resize(element_count(tensor.shape));
        }
        call.set(argument.name, view_tensor(halide_type_of<float>(), tensor.data.data(), tensor.shape));
    }
    call();
    return outputs;
}

}  // namespace fsd::testing
