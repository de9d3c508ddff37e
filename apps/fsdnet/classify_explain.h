// The part of `fsdnet classify` that says which pixels spoke for a class: --explain.
#pragma once

#include "toolkit/evaluation/explanation.h"
#include "toolkit/sources/image_source.h"

#include <string>

namespace fsd::command_line {

struct Explain {
    std::string output;  // .png, .svg or .npy; empty: nothing is asked for
    ExplanationOptions options;
};

// Throws Error(usage) for another kind of file.
void check_explain(const Explain &explain);

// Writes what each pixel said of each image: of a dozen a picture, or of all an array, float32
// [image, y, x], nats.
void write_explanations(const Explain &explain, const Model &model, const SourceImages &images,
                        const std::string &device);

}  // namespace fsd::command_line
