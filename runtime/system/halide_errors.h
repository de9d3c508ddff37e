// What Halide's runtime reports, as Errors. Without a handler of ours it would abort the program.
#pragma once

#include <string>

namespace fsd {

// Must come before the first kernel runs; further calls do nothing.
void install_error_handler();

// Throws what a kernel's return code means unless it is 0: Error(bad_input) where the kernel refused its
// arguments; Error(unsupported) where a device failed or has no memory left. `kernel` for the sentence.
void check_kernel(int code, const std::string &kernel, bool on_device);

// The same for what is asked of a device; `failure` begins the sentence. Allocates only to complain.
void check_device(int code, const char *failure);

}  // namespace fsd
