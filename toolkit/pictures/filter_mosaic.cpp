// One block per layer: title, scale, tiles.
#include "toolkit/pictures/filter_mosaic.h"

#include "toolkit/pictures/canvas.h"
#include "toolkit/pictures/color_map.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double margin = 24, heading = 66, gap = 4, between_layers = 30, widest = 1100;

struct Block {
    double tile_width, tile_height, width, height;
};

Block block_of(const FilterTiles &layer) {
    const auto across = static_cast<double>(layer.columns);
    const double columns = layer.tiles.front().cols, rows = layer.tiles.front().rows;
    const double pixel = std::clamp(((widest + gap) / across - gap) / columns, 2.0, 12.0);
    const double lines = std::ceil(static_cast<double>(layer.tiles.size()) / across);
    return {pixel * columns, pixel * rows, across * (pixel * columns + gap) - gap,
            lines * (pixel * rows + gap) - gap};
}

// To a tenth; below that, which weights of large layers are, to one digit.
double rounded_up(double number) {
    const double parts = number > 0.09 ? 10 : std::pow(10, -std::floor(std::log10(number)));
    return std::ceil(number * parts) / parts;
}

double range_of(const FilterTiles &layer) {
    std::vector<float> numbers;
    for (const cv::Mat &tile : layer.tiles) {
        const cv::Mat absolute = cv::abs(tile);
        numbers.insert(numbers.end(), absolute.begin<float>(), absolute.end<float>());
    }
    const auto place =
        numbers.begin() + static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(numbers.size() - 1));
    std::nth_element(numbers.begin(), place, numbers.end());
    return rounded_up(std::max<double>(*place, layer.least_range));
}

cv::Mat colored(const cv::Mat &tile, double range) {
    cv::Mat result(tile.size(), CV_8UC3);
    for (int y = 0; y < tile.rows; y++) {
        for (int x = 0; x < tile.cols; x++) {
            const Color color = diverging(tile.at<float>(y, x), range);
            result.at<cv::Vec3b>(y, x) = {uchar(color.blue), uchar(color.green), uchar(color.red)};
        }
    }
    return result;
}

void draw_layer(Canvas &canvas, double top, const FilterTiles &layer) {
    const Block block = block_of(layer);
    const double range = range_of(layer);
    canvas.write(margin, top + 14, layer.title, 11, text_color, Align::left, true);
    draw_color_scale(canvas, margin + 12, top + 26, 200, range, layer.unit);
    for (std::size_t i = 0; i < layer.tiles.size(); i++) {
        const std::size_t column = i % layer.columns, row = i / layer.columns;
        const double x = margin + static_cast<double>(column) * (block.tile_width + gap);
        const double y = top + heading + static_cast<double>(row) * (block.tile_height + gap);
        canvas.image(x, y, block.tile_width, block.tile_height, colored(layer.tiles[i], range));
        canvas.frame(x, y, block.tile_width, block.tile_height, track);
    }
}

}  // namespace

cv::Mat filter_mosaic(const std::vector<FilterTiles> &layers) {
    double width = 560, height = 2 * margin - between_layers;
    for (const FilterTiles &layer : layers) {
        width = std::max({width, block_of(layer).width, Canvas::width_of(layer.title, 11)});
        height += heading + block_of(layer).height + between_layers;
    }
    Canvas canvas(static_cast<int>(std::ceil(width + 2 * margin)), static_cast<int>(std::ceil(height)));
    double top = margin;
    for (const FilterTiles &layer : layers) {
        draw_layer(canvas, top, layer);
        top += heading + block_of(layer).height + between_layers;
    }
    return canvas.finished();
}

}  // namespace fsd
