// A user's C++ program: the installed kernels of inference are registered, those of training are not, and one
// computes.
#include "runtime/call.h"
#include "runtime/network.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

int main() {
    const fsd::Kernel &kernel = fsd::need_kernel("log_normalize", {"cpu"});
    fsd::Tensor logits = fsd::make_tensor<float>({1, 1, 2});  // site, group, state
    fsd::Tensor log_posterior = fsd::make_tensor<float>({1, 1, 2});
    static_cast<float *>(logits.data())[1] = std::log(3.0F);
    fsd::Call(kernel).set("logits", logits).set("log_posterior", log_posterior)();

    const auto *found = static_cast<const float *>(log_posterior.data());
    std::printf("%zu kernels; posterior %.3f %.3f\n", fsd::kernels().size(), std::exp(found[0]),
                std::exp(found[1]));
    const bool trains = std::any_of(fsd::kernels().begin(), fsd::kernels().end(), [](const fsd::Kernel &one) {
        return one.op.find("_backward") != std::string::npos;
    });
    return !trains && std::fabs(std::exp(found[1]) - 0.75F) < 1e-6F ? 0 : 1;
}
