// Windows of pools: ours begin at the map's border and hang over its end; ONNX's are padded, cut or rounded.
#pragma once

#include "toolkit/onnx/import/operators/windows.h"

namespace fsd {

// The windows with ceil_mode applied: `end` is as large as the last window needs. Notes at the node what
// cannot be.
std::optional<OnnxWindows> pool_windows(const ImportChain &chain, const OnnxNode &node);

// Whether windows begin in front of the map, or are more at its end than ours would be.
bool needs_padding(const OnnxWindows &windows);

// Zeros around a map that has no negative numbers, by a conv; the windows then have no padding. False where
// the map may have some.
bool pad_non_negative(ImportChain &chain, const OnnxNode &node, OnnxWindows &windows);

// A pool of the kind with these windows, which begin at the border. Where ONNX drops what the last window
// does not fill, a conv cuts it off before.
void append_pool(ImportChain &chain, const OnnxNode &node, const OnnxWindows &windows,
                 const std::string &kind);

void append_global_pool(ImportChain &chain, const OnnxNode &node, const std::string &kind);

}  // namespace fsd
