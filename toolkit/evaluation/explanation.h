// Which pixels of an image spoke for its class: exact differences of posteriors (docs/novelty.md).
#pragma once

#include "runtime/network.h"

#include <vector>

namespace fsd {

struct ExplanationOptions {
    int window = 4;  // side of the squares that become unobserved, pixels
    int stride = 1;  // pixels from one square to the next, 1 .. window, so that no pixel is left out
};

struct Explanation {
    int label = 0;        // the most probable class
    int rival = 0;        // the second one
    double log_odds = 0;  // log p(label) - log p(rival) of the whole image, nats
    // [y, x], nats: what a pixel said for the class against its rival. For a square that is the log-odds of
    // the whole image minus those with the square unobserved, shared among its pixels alike; the mean over
    // the squares that hold the pixel. With squares of one pixel it is the pixel's own difference.
    int height = 0, width = 0;
    std::vector<double> nats;
};

// `images`: uint8 [sample, y, x, color], dense; `mask`, if any, as RunArguments::mask with one byte per
// pixel, dense: what the pixels that were observed said. Throws Error(usage) for squares and strides that
// make no sense, Error(unsupported) as Network::run with a mask does.
Explanation explain(Network &network, const Tensor &images, int sample, const ExplanationOptions &options,
                    const Tensor *mask = nullptr);

}  // namespace fsd
