// Long networks are compiled in pieces, pipelines that are called in turn: what Halide does for a stage goes
// through the whole pipeline, so that its time grows with the square of the layers.
#pragma once

#include "compiler/map.h"
#include "compiler/tensor_bytes.h"
#include "runtime/model.h"

#include <vector>

namespace fsd::compiler {

// The layers of one pipeline, `first` up to in front of `end`.
struct Piece {
    std::size_t first = 0, end = 0;
    StageMap entering;  // extents of the map that the layers in front of them give; where first > 0
};

// All layers in order, as one piece where the network is not long; others begin with a linear part.
// `entering` is not known yet. Every layer can be compiled.
std::vector<Piece> pieces_of(const Model &model);

// The module holds a function for each piece with the arguments image (or map), views of the numbers, result
// (or map), memory where tensors are not on the stack. Appends one of the module's name that calls them in
// turn, for one sample. `bytes` are those of the pieces; the maps between these come in addition.
void append_call_of_pieces(Halide::Module &module, const std::vector<Piece> &pieces, MemoryPlace place,
                           TensorBytes &bytes);

}  // namespace fsd::compiler
