// Copies images row by row into the batch; a row is moved whole, and the next image is on its way into the
// cache meanwhile: an epoch of 60,000 images shows them in random order, which finds none of them there.
#include "toolkit/training/batches.h"

#include "runtime/error.h"
#include "toolkit/training/random.h"

#include <algorithm>
#include <cstring>

namespace fsd {
namespace {

constexpr double pi = 3.14159265358979323846;

ImageExtents extents_of(const Tensor &images) {
    const Shape shape = shape_of(images);
    return {shape[1], shape[2], shape[3]};
}

// target(x) = source(x + move), with the border pixels repeated.
void copy_row(const std::uint8_t *source, std::uint8_t *target, int move, const ImageExtents &image) {
    const int first = std::clamp(-move, 0, image.width);
    const int end = std::clamp(image.width - move, 0, image.width);
    const std::ptrdiff_t colors = image.colors;
    for (int x = 0; x < first; x++) {
        std::memcpy(target + x * colors, source, colors);
    }
    if (first < end) {
        std::memcpy(target + first * colors, source + (first + move) * colors, (end - first) * colors);
    }
    for (int x = end; x < image.width; x++) {
        std::memcpy(target + x * colors, source + (image.width - 1) * colors, colors);
    }
}

void mirror_row(std::uint8_t *row, const ImageExtents &image) {
    const std::ptrdiff_t colors = image.colors;
    for (int left = 0, right = image.width - 1; left < right; left++, right--) {
        std::swap_ranges(row + left * colors, row + (left + 1) * colors, row + right * colors);
    }
}

void copy_image(const std::uint8_t *source, std::uint8_t *target, int move_y, int move_x, bool mirrored,
                const ImageExtents &image) {
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(image.width) * image.colors;
    if (move_y == 0 && move_x == 0 && !mirrored) {
        std::memcpy(target, source, image.height * row);
        return;
    }
    for (int y = 0; y < image.height; y++) {
        copy_row(source + std::clamp(y + move_y, 0, image.height - 1) * row, target + y * row, move_x, image);
        if (mirrored) {
            mirror_row(target + y * row, image);
        }
    }
}

void prefetch(const std::uint8_t *image, std::size_t bytes) {
    constexpr std::size_t line = 64;
    for (std::size_t at = 0; at < bytes; at += line) {
        __builtin_prefetch(image + at);
    }
}

}  // namespace

Batches::Batches(const Dataset &dataset, std::vector<int> samples, int batch, Augmentation augmentation,
                 std::uint64_t seed)
    : dataset_(dataset),
      image_(extents_of(dataset.images)),
      bytes_(static_cast<std::size_t>(image_.height) * image_.width * image_.colors),
      samples_(std::move(samples)),
      order_(samples_.size()),
      warped_(bytes_),
      batch_(batch),
      augmentation_(augmentation),
      seed_(seed) {
    if (per_epoch() < 1) {
        throw Error(ExitCode::bad_input,
                    text("Training needs at least one batch of ", batch, " images; ", dataset.source,
                         " gives ", samples_.size(), ". Ask for a smaller batch or hold out fewer."));
    }
}

void Batches::arrange(int epoch) {
    if (epoch != arranged_epoch_) {
        std::copy(samples_.begin(), samples_.end(), order_.begin());
        Random(seed_, Stream::order, epoch).shuffle(order_);
        arranged_epoch_ = epoch;
    }
}

const std::uint8_t *Batches::image_at(int sample) const {
    return static_cast<const std::uint8_t *>(dataset_.images.data()) + sample * bytes_;
}

const std::uint8_t *Batches::warped(int sample, int epoch, std::uint64_t shown) {
    const std::uint8_t *source = image_at(sample);
    if (!augmentation_.warps()) {
        return source;
    }
    const Random warps(seed_, Stream::warp, epoch);
    const double turn = augmentation_.turn * warps.symmetric(2 * shown) * pi / 180;
    const double zoom = 1 + augmentation_.zoom * warps.symmetric(2 * shown + 1);
    turn_and_scale(source, warped_.data(), turn, zoom, image_);
    return warped_.data();
}

void Batches::fill(int epoch, int index, Tensor &images, Tensor &labels) {
    arrange(epoch);
    auto *target = static_cast<std::uint8_t *>(images.data());
    auto *label = static_cast<std::int32_t *>(labels.data());
    const Random shifts(seed_, Stream::shift, epoch), flips(seed_, Stream::flip, epoch);
    const int positions = 2 * augmentation_.shift + 1;
    for (int i = 0; i < batch_; i++) {
        const std::uint64_t shown = static_cast<std::uint64_t>(index) * batch_ + i;
        const int sample = order_[shown];
        const int move_y = static_cast<int>(shifts.below(positions, 2 * shown)) - augmentation_.shift;
        const int move_x = static_cast<int>(shifts.below(positions, 2 * shown + 1)) - augmentation_.shift;
        if (i + 1 < batch_) {
            prefetch(image_at(order_[shown + 1]), bytes_);
        }
        const bool mirrored = augmentation_.flip && flips.below(2, shown) == 1;
        copy_image(warped(sample, epoch, shown), target + i * bytes_, move_y, move_x, mirrored, image_);
        label[i] = dataset_.labels[sample];
    }
}

}  // namespace fsd
