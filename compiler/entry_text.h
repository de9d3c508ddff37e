// The words of a compiled network's C functions: declarations and what their arguments are.
#pragma once

#include "compiler/entry_form.h"
#include "compiler/input_stage.h"
#include "compiler/memory_place.h"

#include <string>
#include <vector>

namespace fsd::compiler {

// One of the C functions.
struct EntryText {
    std::string network;  // its name
    Input input;
    bool has_classes = true;
    InputNumbers numbers = InputNumbers::bytes;
    EntryForm form = EntryForm::plain;
    MemoryPlace memory = MemoryPlace::stack;

    // <network> or, for floats where it takes bytes too, <network>_floats; <network>_judge, <network>_masked.
    std::string name() const;
    // The library's function: that name, or, where the header defines the function, <name>_with_memory.
    std::string symbol() const;
    std::string input_name() const { return numbers == InputNumbers::bytes ? "image" : "numbers"; }
    std::string result_name() const { return has_classes ? "log_posterior" : "result"; }

    // int name(const uint8_t *image, int batch, float *log_posterior), with what else the form has and, where
    // the caller gives it, void *memory
    std::string declaration() const;
    // The header's lines: the declaration, or the function that gives the static memory.
    std::string header_lines() const;
    // int name_device(const void *image, int batch, void *log_posterior)
    std::string device_declaration() const;
    // What the pointers point to, as lines of a comment; the first one opens it.
    std::string arguments() const;
    // What statuses there are besides those of every function, in the words of a comment.
    std::string statuses() const;

private:
    std::string parameters() const;
};

// What the functions of a network take: bytes where its input can be bytes, and floats where it cannot or
// where they are asked for.
std::vector<InputNumbers> entry_numbers(const Input &input, bool floats);

}  // namespace fsd::compiler
