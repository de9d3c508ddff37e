// One block per layer: title, scale, tiles.
#include "toolkit/pictures/filter_mosaic.h"

#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/text_size.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr double margin = 24, gap = 4, between_rows = 20, between_layers = 30, widest = 1100;
constexpr double head = 60, letters = 10, tile_side = 44;
constexpr TextStyle title_style{15, text_color, Align::left, true};

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

class LayerBlock {
public:
    explicit LayerBlock(const FilterTiles &layer)
        : layer_(layer), outputs_(layer.tiles.size() / layer.inputs) {
        const auto inputs = static_cast<double>(layer.inputs);
        const double columns = layer.tiles.front().cols, rows = layer.tiles.front().rows;
        number_ = text_width(std::to_string(outputs_ - 1), letters) + gap;
        const double most = ((widest - number_ + gap) / inputs - gap) / columns;
        const double pixel = std::clamp(std::min(tile_side / columns, most), 2., 12.);
        width_ = pixel * columns;
        height_ = pixel * rows;
        row_ = number_ + inputs * (width_ + gap) - gap;
        const auto fit = static_cast<std::size_t>((widest + between_rows) / (row_ + between_rows));
        const std::size_t most_across = std::clamp<std::size_t>(fit, 1, outputs_);
        lines_ = (outputs_ + most_across - 1) / most_across;
        across_ = (outputs_ + lines_ - 1) / lines_;
        name_inputs();
    }

    double width() const {
        const auto across = static_cast<double>(across_);
        return std::max({across * (row_ + between_rows) - between_rows,
                         text_width(layer_.title, title_style.size, title_style.bold),
                         280 + text_width(layer_.unit, 11)});
    }
    double height() const {
        return head + names_height_ + static_cast<double>(lines_) * (height_ + gap) - gap;
    }

    void draw(Canvas &canvas, double top) const {
        const double range = range_of(layer_);
        canvas.write(margin, top + 14, layer_.title, title_style);
        draw_color_scale(canvas, margin + 12, top + 26, 200, range, layer_.unit);
        for (std::size_t output = 0; output < outputs_; output++) {
            const double x = margin + static_cast<double>(output / lines_) * (row_ + between_rows) + number_,
                         y = top + head + names_height_ +
                             static_cast<double>(output % lines_) * (height_ + gap);
            if (output % lines_ == 0) {
                draw_names(canvas, x, y - gap);
            }
            if ((output % lines_) % every(height_) == 0) {
                canvas.write(x - gap, y + height_ / 2 + middle_to_foot * letters, std::to_string(output),
                             {letters, faint_text, Align::right});
            }
            draw_row(canvas, x, y, output, range);
        }
    }

private:
    // How many tiles share a label, as a line of text is higher than small tiles.
    static std::size_t every(double side) {
        return static_cast<std::size_t>(std::ceil((letters + 2) / (side + gap)));
    }

    void name_inputs() {
        if (layer_.inputs == 1) {
            return;
        }
        names_ = layer_.names;
        for (std::size_t input = names_.size(); input < layer_.inputs; input++) {
            names_.push_back(std::to_string(input));
        }
        double longest = 0;
        for (const std::string &name : names_) {
            longest = std::max(longest, text_width(name, letters));
        }
        upright_ = longest > width_;
        names_height_ = (upright_ ? longest : letters) + gap;
    }

    void draw_names(Canvas &canvas, double x, double y) const {
        for (std::size_t input = 0; input < names_.size(); input += every(width_)) {
            const double middle = x + static_cast<double>(input) * (width_ + gap) + width_ / 2;
            if (upright_) {
                canvas.write_upright(middle + middle_to_foot * letters, y, names_[input],
                                     {letters, faint_text});
            } else {
                canvas.write(middle, y, names_[input], {letters, faint_text, Align::center});
            }
        }
    }

    void draw_row(Canvas &canvas, double x, double y, std::size_t output, double range) const {
        for (std::size_t input = 0; input < layer_.inputs; input++, x += width_ + gap) {
            const cv::Mat &tile = layer_.tiles[output * layer_.inputs + input];
            const auto number = [&](int row, int column) { return tile.at<float>(row, column); };
            canvas.image(x, y, width_, height_, diverging(tile.size(), number, range));
            canvas.frame(x, y, width_, height_, track);
        }
    }

    const FilterTiles &layer_;
    std::size_t outputs_, across_, lines_;  // lines of as many rows across
    double width_, height_;                 // of a tile
    double number_, row_;                   // widths of an output's number, and of its row with it
    std::vector<std::string> names_;
    bool upright_ = false;
    double names_height_ = 0;
};

}  // namespace

Canvas filter_mosaic(const std::vector<FilterTiles> &layers) {
    const std::vector<LayerBlock> blocks(layers.begin(), layers.end());
    double width = 0, height = 2 * margin - between_layers;
    for (const LayerBlock &block : blocks) {
        width = std::max(width, block.width());
        height += block.height() + between_layers;
    }
    Canvas canvas(width + 2 * margin, height);
    double top = margin;
    for (const LayerBlock &block : blocks) {
        block.draw(canvas, top);
        top += block.height() + between_layers;
    }
    return canvas;
}

}  // namespace fsd
