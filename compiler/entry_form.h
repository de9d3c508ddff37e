// What the C functions of a compiled network do.
#pragma once

namespace fsd::compiler {

enum class EntryForm {
    plain,   // the network's result
    judge,   // and how unlike the images of the model's fit each image is (runtime/novelty.h)
    masked,  // of images of which not every pixel was observed
};

}  // namespace fsd::compiler
