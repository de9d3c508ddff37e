// A network that `fsdnet compile` made, called from this process.
#pragma once

#include "runtime/tensor.h"

#include <cstdint>
#include <string>

namespace fsd {

class CompiledLibrary {
public:
    // path: of a shared library (`fsdnet compile --shared`), which is code that runs in this process.
    // function: its name in C; empty: what the file is called, without `lib` and what follows the first dot.
    // Throws Error(bad_input) where it cannot be loaded or has no such function.
    explicit CompiledLibrary(const std::string &path, std::string function = "");
    ~CompiledLibrary();
    CompiledLibrary(CompiledLibrary &&other) noexcept;
    CompiledLibrary &operator=(CompiledLibrary &&) = delete;
    CompiledLibrary(const CompiledLibrary &) = delete;
    CompiledLibrary &operator=(const CompiledLibrary &) = delete;

    const std::string &function() const { return function_; }

    // Throws Error(bad_input) unless it was compiled of the network with this fingerprint
    // (runtime/models/fingerprint.h), with its tensors on the stack.
    void need_made_of(std::uint64_t fingerprint) const;

    // Whether it has a second function, for floats beside bytes.
    bool has_function_for_floats() const { return floats_ != nullptr; }

    // Dense inputs of the type and shape that the network was compiled for: the library does not check it.
    // result: dense float32 [sample, number]. Throws Error(check_failed) where the function says that it
    // failed.
    void run(const Tensor &inputs, Tensor &result) const;

    // The status of the function for bytes, or for floats, of so many samples; it is zero where all went
    // well, and the library's header has the others. Any number of threads may call it.
    int status_of_run(const void *inputs, int samples, float *result) const;
    int status_of_run_for_floats(const void *inputs, int samples, float *result) const;

private:
    void *symbol(const std::string &name) const;

    std::string path_, function_;
    void *object_ = nullptr;
    void *address_ = nullptr, *floats_ = nullptr;
};

}  // namespace fsd
