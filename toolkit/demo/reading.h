// What a network makes of one picture: the library below the page of `fsdnet demo`.
#pragma once

#include "toolkit/evaluation/explanation.h"
#include "toolkit/networks/stored_network.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fsd::demo {

struct Picture {
    std::vector<std::uint8_t> pixels;    // [y, x, color], of the network's extents
    std::vector<std::uint8_t> observed;  // [y, x]; 0: unobserved. Empty: everything was observed
};

// The posterior of a layer that normalizes exactly.
struct LayerEntropy {
    std::size_t layer = 0;
    double entropy = 0;  // mean over its sites and groups, nats
    double maximum = 0;  // log of the number of states
};

// How unlike the images that the network knows (runtime/novelty.h).
struct NoveltyReading {
    double score = 0, p_value = 0;
};

struct Reading {
    std::vector<double> posterior;          // of the classes
    std::vector<LayerEntropy> entropies;    // none of a quantized network
    std::optional<NoveltyReading> novelty;  // where the model has its fit and everything was observed
};

// One network, which reads one picture at a time.
class PictureReader {
public:
    // Throws Error as load_network() does, Error(usage) where the network gives numbers and no classes,
    // Error(unsupported) where it takes numbers and no images.
    explicit PictureReader(const std::string &path);
    ~PictureReader();
    PictureReader(PictureReader &&) noexcept;
    PictureReader &operator=(PictureReader &&) noexcept;

    const Model &model() const;

    // Whether the network knows unobserved pixels; without them there is no evidence per pixel either.
    bool takes_unobserved() const;

    // Throws Error(bad_input) where the picture does not have the network's extents, Error(unsupported) where
    // it has unobserved pixels and the network does not know them.
    Reading read(const Picture &picture);

    // Which pixels spoke for the class, by squares of a seventh of the longer side that overlap by half: 169
    // of 28 x 28 pixels, few enough for an answer while someone waits. Throws as read() and explain().
    Explanation evidence(const Picture &picture);

private:
    struct Networks;
    std::unique_ptr<Networks> networks_;
};

}  // namespace fsd::demo
