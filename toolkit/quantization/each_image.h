// Work on many images by several threads.
#pragma once

#include "runtime/tensor.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace fsd {

// Calls visit(sample, image) once for each image of uint8 [sample, y, x, color], dense, from as many threads
// as threads() says. Rethrows the first exception of any call. `what` says what that is to whom it takes
// long, "certifies images" (toolkit/system/progress.h).
void for_each_image(const std::string &what, const Tensor &images,
                    const std::function<void(std::size_t sample, const uint8_t *image)> &visit);

}  // namespace fsd
