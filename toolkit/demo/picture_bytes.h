// Pictures as the page sends and receives them: height * width * colors bytes [y, x, color], and behind them,
// where there are unobserved pixels, height * width bytes [y, x], 0 for unobserved.
#pragma once

#include "toolkit/demo/http.h"
#include "toolkit/demo/reading.h"

namespace fsd::demo {

// Bytes of a picture with its mask.
std::size_t picture_size(const Input &input);

// Throws Error(bad_input) for another number of bytes.
Picture picture_from(const Bytes &bytes, const Input &input);

std::string bytes_of(const Picture &picture);

// An image file brought to the network's input, as `fsdnet classify` does it (docs/preprocessing.md). With
// `unobserved`, what is transparent was not observed where the image is not cropped and centered; a pixel of
// the input was observed where all of the image's pixels in it were. Throws Error(bad_input) where it cannot
// be decoded or nothing is on it, Error(unsupported) where it is too large for the memory.
Picture picture_of_file(const Bytes &file, const Model &model, bool unobserved);

}  // namespace fsd::demo
