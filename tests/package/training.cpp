// A user's C++ program that trains: gradients come with their set, and networks' kernels with them.
#include "runtime/registry.h"

#include <cstdio>

int main() {
    std::printf("%zu kernels\n", fsd::kernels().size());
    return fsd::find_kernel("normalize_backward", {"cpu"}) && fsd::find_kernel("normalize", {"cpu"}) ? 0 : 1;
}
