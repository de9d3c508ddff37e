// Copies images row by row into the batch, numbers sample by sample; a row is moved whole, and the next image
// is on its way into the cache meanwhile: an epoch of 60,000 images shows them in random order, which finds
// none of them there.
#include "toolkit/training/batches.h"

#include "runtime/error.h"
#include "toolkit/training/pixel_noise.h"
#include "toolkit/training/random.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fsd {
namespace {

constexpr double pi = 3.14159265358979323846;

ImageExtents extents_of(const Dataset &dataset) {
    const Shape shape = shape_of(dataset.inputs());
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
      image_(extents_of(dataset)),
      bytes_(dataset.inputs().size_in_bytes() / dataset.count()),
      samples_(std::move(samples)),
      order_(samples_.size()),
      warped_(bytes_),
      batch_(batch),
      augmentation_(augmentation),
      seed_(seed) {
    if (per_epoch() < 1) {
        throw Error(ExitCode::bad_input,
                    text("Training needs at least one batch of ", batch, " samples; ", dataset.source,
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

const std::uint8_t *Batches::input_at(int sample) const {
    return static_cast<const std::uint8_t *>(dataset_.inputs().data()) + sample * bytes_;
}

const std::uint8_t *Batches::warped(int sample, int epoch, std::uint64_t shown) {
    const std::uint8_t *source = input_at(sample);
    if (!augmentation_.warps()) {
        return source;
    }
    const Random warps(seed_, Stream::warp, epoch);
    const double turn = augmentation_.turn * warps.symmetric(2 * shown) * pi / 180;
    const double zoom = 1 + augmentation_.zoom * warps.symmetric(2 * shown + 1);
    turn_and_scale(source, warped_.data(), turn, zoom, image_);
    return warped_.data();
}

void Batches::fill_images(const Shown &all, std::uint8_t *target) {
    const int epoch = all.epoch;
    const Random shifts(seed_, Stream::shift, epoch), flips(seed_, Stream::flip, epoch);
    const int positions = 2 * augmentation_.shift + 1;
    for (int i = 0; i < all.count; i++) {
        const std::uint64_t shown = all.first + i;
        const int move_y = static_cast<int>(shifts.below(positions, 2 * shown)) - augmentation_.shift;
        const int move_x = static_cast<int>(shifts.below(positions, 2 * shown + 1)) - augmentation_.shift;
        if (i + 1 < all.count) {
            prefetch(input_at(order_[shown + 1]), bytes_);
        }
        const bool mirrored = augmentation_.flip && flips.below(2, shown) == 1;
        copy_image(warped(order_[shown], epoch, shown), target + i * bytes_, move_y, move_x, mirrored,
                   image_);
    }
}

void Batches::add_noise_to(std::uint8_t *images, const Shown &shown) const {
    const Random draws(seed_, Stream::noise, shown.epoch);
    for (int i = 0; i < shown.count; i++) {
        const std::uint64_t first = (shown.first + i) * (bytes_ + 1);
        const double deviation = augmentation_.noise * (1 + draws.symmetric(first)) / 2;
        add_noise(images + i * bytes_, bytes_, deviation, draws, first + 1);
    }
}

void Batches::fill_mask(const Shown &all, Tensor &mask) const {
    const Random draws(seed_, Stream::unobserved, all.epoch);
    const auto side = [&](int whole, std::uint64_t counter) {
        const auto longest = static_cast<std::uint64_t>(std::floor(augmentation_.unobserved * whole));
        return static_cast<int>(draws.below(longest + 1, counter));
    };
    std::memset(mask.data(), 1, mask.size_in_bytes());
    auto *image = static_cast<std::uint8_t *>(mask.data());
    for (int i = 0; i < all.count; i++, image += static_cast<std::ptrdiff_t>(image_.height) * image_.width) {
        const std::uint64_t shown = 4 * (all.first + i);
        const int height = side(image_.height, shown), width = side(image_.width, shown + 1);
        const auto top = static_cast<int>(draws.below(image_.height - height + 1, shown + 2)),
                   left = static_cast<int>(draws.below(image_.width - width + 1, shown + 3));
        for (int y = top; y < top + height; y++) {
            std::memset(image + static_cast<std::ptrdiff_t>(y) * image_.width + left, 0, width);
        }
    }
}

void Batches::fill_answers(int sample, int place, Batch &batch) const {
    if (batch.labels.data()) {
        static_cast<std::int32_t *>(batch.labels.data())[place] = dataset_.labels[sample];
    }
    if (!batch.targets.data()) {
        return;
    }
    const std::ptrdiff_t numbers = batch.targets.dim(0).extent();
    float *target = static_cast<float *>(batch.targets.data()) + place * numbers;
    if (dataset_.is_regression()) {
        std::copy_n(static_cast<const float *>(dataset_.targets.data()) + sample * numbers, numbers, target);
    } else {
        std::fill_n(target, numbers, 0.f);
        target[dataset_.labels[sample]] = 1;
    }
}

void Batches::fill(int epoch, int index, Batch &batch, int first) {
    arrange(epoch);
    const Shown shown = {epoch, batch.samples(), static_cast<std::uint64_t>(index) * batch_ + first};
    auto *target = static_cast<std::uint8_t *>(batch.inputs.data());
    if (!dataset_.is_numeric()) {
        fill_images(shown, target);
        if (augmentation_.noise > 0) {
            add_noise_to(target, shown);
        }
    }
    if (batch.mask.data()) {
        fill_mask(shown, batch.mask);
    }
    for (int i = 0; i < shown.count; i++) {
        const int sample = order_[shown.first + i];
        if (dataset_.is_numeric()) {
            std::memcpy(target + i * bytes_, input_at(sample), bytes_);
        }
        fill_answers(sample, i, batch);
    }
}

}  // namespace fsd
