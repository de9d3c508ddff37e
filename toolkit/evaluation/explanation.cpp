// Runs the image once for each square that is unobserved, in batches.
#include "toolkit/evaluation/explanation.h"

#include "runtime/error.h"

#include <algorithm>
#include <cstring>

namespace fsd {
namespace {

constexpr int squares_at_a_time = 256;

struct Square {
    int top, left, height, width;
};

// Where squares begin along an axis: every `stride` pixels, and at the end so that they reach it.
std::vector<int> beginnings(int extent, const ExplanationOptions &options) {
    const int last = std::max(extent - options.window, 0);
    std::vector<int> all;
    for (int place = 0; place < last; place += options.stride) {
        all.push_back(place);
    }
    all.push_back(last);
    return all;
}

std::vector<Square> squares_of(int height, int width, const ExplanationOptions &options) {
    std::vector<Square> all;
    for (const int top : beginnings(height, options)) {
        for (const int left : beginnings(width, options)) {
            all.push_back({top, left, std::min(options.window, height), std::min(options.window, width)});
        }
    }
    return all;
}

template<typename Visit>
void for_each_pixel(const Square &square, int width, Visit visit) {
    for (int y = square.top; y < square.top + square.height; y++) {
        for (int x = square.left; x < square.left + square.width; x++) {
            visit(static_cast<std::size_t>(y) * width + x);
        }
    }
}

// The log-odds of the image with each of some squares unobserved.
class WithoutSquares {
public:
    WithoutSquares(Network &network, const Tensor &image, const Tensor &observed)
        : network_(network),
          observed_(observed),
          copies_(make_tensor<std::uint8_t>(extents(image, image.dim(0).extent()))),
          mask_(make_tensor<std::uint8_t>(extents(image, 1))),
          log_posterior_(make_tensor<float>({squares_at_a_time, network.result_size()})) {
        auto *to = static_cast<std::uint8_t *>(copies_.data());
        const std::size_t bytes = image.size_in_bytes();
        for (int i = 0; i < squares_at_a_time; i++) {
            std::memcpy(to + i * bytes, image.data(), bytes);
        }
    }

    std::vector<double> log_odds(const Square *first, int count, int label, int rival) {
        const int width = mask_.dim(1).extent();
        const std::ptrdiff_t pixels = mask_.dim(3).stride();
        for (int i = 0; i < count; i++) {
            auto *image = static_cast<std::uint8_t *>(mask_.data()) + i * pixels;
            std::memcpy(image, observed_.data(), observed_.size_in_bytes());
            for_each_pixel(first[i], width, [&](std::size_t pixel) { image[pixel] = 0; });
        }
        const Tensor images = copies_.cropped(3, 0, count), mask = mask_.cropped(3, 0, count);
        Tensor result = log_posterior_.cropped(1, 0, count);
        network_.run({images, result, &mask});
        std::vector<double> odds;
        const auto *row = static_cast<const float *>(result.data());
        for (int i = 0; i < count; i++, row += network_.result_size()) {
            odds.push_back(static_cast<double>(row[label]) - row[rival]);
        }
        return odds;
    }

private:
    static Shape extents(const Tensor &image, int colors) {
        return {squares_at_a_time, image.dim(2).extent(), image.dim(1).extent(), colors};
    }

    Network &network_;
    const Tensor &observed_;
    Tensor copies_, mask_, log_posterior_;
};

void check(const ExplanationOptions &options, int height, int width) {
    if (options.window < 1 || options.window > std::max(height, width) || options.stride < 1 ||
        options.stride > options.window) {
        throw Error(ExitCode::usage,
                    text("Squares to be unobserved have a side of 1 to ", std::max(height, width),
                         " pixels and lie 1 pixel to their side apart; found a side of ", options.window,
                         " and a stride of ", options.stride, "."));
    }
}

// The two most probable classes; a network with one class is its own rival.
void find_classes(const float *log_posterior, int classes, Explanation &explanation) {
    const auto better = [&](int a, int b) { return log_posterior[a] > log_posterior[b]; };
    std::vector<int> order(static_cast<std::size_t>(classes));
    for (int label = 0; label < classes; label++) {
        order[static_cast<std::size_t>(label)] = label;
    }
    std::stable_sort(order.begin(), order.end(), better);
    explanation.label = order.front();
    explanation.rival = order[classes > 1 ? 1 : 0];
}

}  // namespace

Explanation explain(Network &network, const Tensor &images, int sample, const ExplanationOptions &options,
                    const Tensor *mask) {
    Explanation explanation;
    explanation.height = images.dim(2).extent();
    explanation.width = images.dim(1).extent();
    check(options, explanation.height, explanation.width);
    Tensor image = images.cropped(3, sample, 1);
    image.set_min(0, 0, 0, 0);
    // With a mask, so that the differences are those of one arithmetic.
    Tensor observed = make_tensor<std::uint8_t>({1, explanation.height, explanation.width, 1});
    std::memset(observed.data(), 1, observed.size_in_bytes());
    if (mask) {
        observed.copy_from(mask->cropped(3, sample, 1).translated(3, -sample));
    }
    Tensor log_posterior = make_tensor<float>({1, network.result_size()});
    network.run({image, log_posterior, &observed});
    const auto *row = static_cast<const float *>(log_posterior.data());
    find_classes(row, network.result_size(), explanation);
    explanation.log_odds = static_cast<double>(row[explanation.label]) - row[explanation.rival];

    const std::vector<Square> squares = squares_of(explanation.height, explanation.width, options);
    const std::size_t pixels = static_cast<std::size_t>(explanation.height) * explanation.width;
    explanation.nats.assign(pixels, 0);
    std::vector<int> covering(pixels);
    WithoutSquares without(network, image, observed);
    for (std::size_t first = 0; first < squares.size(); first += squares_at_a_time) {
        const auto count = static_cast<int>(std::min<std::size_t>(squares_at_a_time, squares.size() - first));
        const std::vector<double> odds =
            without.log_odds(&squares[first], count, explanation.label, explanation.rival);
        for (int i = 0; i < count; i++) {
            const Square &square = squares[first + static_cast<std::size_t>(i)];
            const double said = (explanation.log_odds - odds[static_cast<std::size_t>(i)]) /
                                (static_cast<double>(square.height) * square.width);
            for_each_pixel(square, explanation.width, [&](std::size_t pixel) {
                explanation.nats[pixel] += said;
                covering[pixel]++;
            });
        }
    }
    for (std::size_t pixel = 0; pixel < pixels; pixel++) {
        explanation.nats[pixel] /= covering[pixel];
    }
    return explanation;
}

}  // namespace fsd
