// A network that `fsdnet compile` made, called from this process.
#pragma once

#include "runtime/tensor.h"

#include <memory>
#include <string>

namespace fsd {

class CompiledLibrary {
public:
    // path: a static library (.a), which the C compiler `cc` turns into an object that can be loaded, or a
    // shared one
    // (.so). function: its name in C; empty: what the file is called, without `lib` and what follows the
    // first dot. The file is code that runs in this process. Throws Error(bad_input) where it cannot be
    // loaded or has no such function, Error(unsupported) where there is no compiler.
    explicit CompiledLibrary(const std::string &path, std::string function = "");
    ~CompiledLibrary();
    CompiledLibrary(const CompiledLibrary &) = delete;
    CompiledLibrary &operator=(const CompiledLibrary &) = delete;

    const std::string &function() const { return function_; }

    // Dense inputs of the type and shape that the network was compiled for: the library does not check it.
    // result: float32 [sample, number]. Throws Error(check_failed) where the function says that it failed.
    void run(const Tensor &inputs, Tensor &result) const;

private:
    std::string function_;
    void *object_ = nullptr;
    void *address_ = nullptr;
};

// Throws Error(check_failed) unless the library gives the numbers within 1e-4 and 1e-4 of each: another order
// of sums.
void need_same_result(const CompiledLibrary &library, const Tensor &inputs, const Tensor &expected);

}  // namespace fsd
