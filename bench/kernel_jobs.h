// What the benchmarks of kernels run: a kernel, its case and a shape.
#pragma once

#include "cases/case.h"
#include "runtime/registry.h"

#include <string>

namespace fsd::bench {

struct Job {
    const Kernel *kernel;
    const testing::Case *described;
    Extents extents;
};

// Throws Error(check_failed) where the kernel does not agree with the reference.
void check(const Job &job);

// <op>/<schedule>/<axis>=<extent>,...
std::string name_of(const Job &job);

}  // namespace fsd::bench
