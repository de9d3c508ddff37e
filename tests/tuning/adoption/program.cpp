// adopted: runs kld_linear at two shapes, by the kernel that is preferred and by the general one, and prints
// which kernels were in force and how far apart the results are.
#include "runtime/call.h"
#include "runtime/shape_kernels.h"

#include <cmath>
#include <cstdio>

namespace {

fsd::Tensor numbers(const fsd::Shape &shape, int step) {
    fsd::Tensor tensor = fsd::make_tensor<float>(shape);
    auto *at = static_cast<float *>(tensor.data());
    for (int i = 0; i < static_cast<int>(tensor.number_of_elements()); i++) {
        at[i] = static_cast<float>((i * step) % 17) / 17;
    }
    return tensor;
}

void compare(int samples) {
    const int inputs = 12, outputs = 24;
    fsd::Tensor found[] = {fsd::make_tensor<float>({samples, outputs}),
                           fsd::make_tensor<float>({samples, outputs})};
    const std::vector<std::vector<std::string>> preferences = {{"tuned", "cpu"}, {"cpu"}};
    for (int i = 0; i < 2; i++) {
        fsd::Call call(fsd::need_kernel("kld_linear", preferences[static_cast<std::size_t>(i)]));
        call.set("probability", numbers({samples, inputs}, 5))
            .set("log_likelihood", numbers({inputs, outputs}, 7))
            .set("log_prior", numbers({outputs}, 3))
            .set("observations", 1)
            .set("log_evidence", found[i]);
        call();
        std::printf("%s\n", call.name_in_force().c_str());
    }
    double apart = 0;
    for (int i = 0; i < samples * outputs; i++) {
        const float *a = static_cast<float *>(found[0].data()), *b = static_cast<float *>(found[1].data());
        apart = std::fmax(apart, std::fabs(a[i] - b[i]));
    }
    std::printf("%s\n", apart < 1e-5 ? "agree" : "differ");
}

}  // namespace

int main() {
    for (const fsd::ShapeKernel &kernel : fsd::shape_kernels_of("kld_linear")) {
        std::printf("%s %s\n", kernel.name.c_str(), fsd::fits_this_machine(kernel) ? "fits" : "does not fit");
    }
    compare(8);
    compare(5);
    compare(3);
}
