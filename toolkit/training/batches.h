// The order in which an epoch shows the training samples, and the batches made of them: of images shifted,
// flipped and warped copies.
#pragma once

#include "toolkit/datasets/dataset.h"
#include "toolkit/training/batch.h"
#include "toolkit/training/warp.h"

#include <cstdint>
#include <vector>

namespace fsd {

struct Augmentation {
    int shift = 0;  // each image moves by -shift .. shift pixels along each axis; its border repeats outwards
    bool flip = false;  // every second image (at random) is mirrored left to right
    double turn = 0;    // each image turns about its center by -turn .. turn degrees
    double zoom = 0;    // each image is scaled by 1 - zoom .. 1 + zoom; below 1
    // Each image gets normal noise of its own standard deviation, drawn from 0 .. noise (of bytes, at most
    // 255).
    double noise = 0;
    // Of each image a rectangle is unobserved: its sides are 0 .. unobserved of the image's, each drawn by
    // itself, its place is drawn among those inside of the image. At most 1.
    double unobserved = 0;

    bool warps() const { return turn > 0 || zoom > 0; }
    bool none() const { return shift == 0 && !flip && !warps() && noise == 0 && unobserved == 0; }
};

class Batches {
public:
    // Shows the `samples` (indices) of `dataset`, which must outlive this object, in batches of `batch`; only
    // images can be augmented. Throws Error(bad_input) where there are fewer samples than one batch needs.
    Batches(const Dataset &dataset, std::vector<int> samples, int batch, Augmentation augmentation,
            std::uint64_t seed);

    // Whole batches per epoch; the samples that are left over differ from epoch to epoch.
    int per_epoch() const { return static_cast<int>(samples_.size()) / batch_; }

    // Puts the batch `index` of `epoch`, or as many of its samples from the one at `first` on as `batch` has
    // room for, into those tensors of `batch` that are defined: targets of classes are 1 for the label and 0
    // for the others. A sample depends on the seed and on its place in epoch and batch alone.
    void fill(int epoch, int index, Batch &batch, int first = 0);

private:
    void arrange(int epoch);
    const std::uint8_t *input_at(int sample) const;
    // Samples first .. first + count - 1 in the order of the epoch.
    struct Shown {
        int epoch, count;
        std::uint64_t first;
    };
    void fill_images(const Shown &shown, std::uint8_t *target);
    void add_noise_to(std::uint8_t *images, const Shown &shown) const;
    void fill_mask(const Shown &shown, Tensor &mask) const;
    void fill_answers(int sample, int place, Batch &batch) const;
    // The image `sample`, turned and scaled as it is drawn for place `shown` of `epoch`.
    const std::uint8_t *warped(int sample, int epoch, std::uint64_t shown);

    const Dataset &dataset_;
    ImageExtents image_;
    std::size_t bytes_;         // of a sample's input
    std::vector<int> samples_;  // in the order that was given
    std::vector<int> order_;    // in the order of the epoch
    int arranged_epoch_ = -1;
    std::vector<std::uint8_t> warped_;  // one image
    int batch_;
    Augmentation augmentation_;
    std::uint64_t seed_;
};

}  // namespace fsd
