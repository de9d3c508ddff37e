// Plots of measured numbers, side by side, as SVG and as PNG: points, lines, bars of histograms, maps of
// colors.
#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace fsd {

enum class Mark { points, line, bars, cells };

struct Marks {
    std::string name;  // in the legend; empty: not in the legend
    Mark mark = Mark::points;
    std::vector<double> x, y;  // as many of each; what is not finite is left out. Bars: x = left edges, the
                               // last one's width is that of the one before it. Cells: x, y = the lower
                               // left corners of squares of width 1
    std::vector<double> value = {};  // of cells, -1 (blue) to 1 (red)
};

struct Plot {
    std::string title;
    std::string x_label, y_label;
    std::vector<Marks> marks;
    bool diagonal = false;  // draws y = x, and gives both axes the same range
};

std::string plots_svg(const std::vector<Plot> &plots);
cv::Mat plots_picture(const std::vector<Plot> &plots);  // 8 bits: blue, green, red

// Writes the plots as the file's name says: .svg or .png. Throws Error(usage) for another name,
// Error(bad_input) where the file cannot be written.
void write_plots(const std::string &path, const std::vector<Plot> &plots);

// For paths that are written to after long work: throws what write_plots would throw for the name and the
// folder.
void check_plots_path(const std::string &path);

}  // namespace fsd
