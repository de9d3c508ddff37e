// Cuts sheets.
#include "toolkit/images/sheet.h"

#include "runtime/error.h"

#include <opencv2/imgproc.hpp>

namespace fsd {

bool is_digits_sheet(const cv::Mat &image) {
    if (image.cols != 2000 || image.rows != 1000) {
        return false;
    }
    cv::Mat gray = image;
    if (image.channels() == 3) {
        cv::cvtColor(image, gray, cv::COLOR_BGR2GRAY);
    }
    double seams = 0;
    for (int y = 0; y < gray.rows; y += digits_cell) {
        seams += cv::mean(gray.row(y))[0] * digits_cell / gray.rows;
    }
    return seams < 8;  // of 255: hardly any digit touches its cell's first row
}

std::vector<cv::Mat> split_sheet(const cv::Mat &image, const cv::Size &cell, const std::string &name) {
    if (image.cols % cell.width != 0 || image.rows % cell.height != 0) {
        throw Error(ExitCode::bad_input, text("The sheet '", name, "' has ", image.cols, " x ", image.rows,
                                              " pixels, which is no whole number of cells of ", cell.width,
                                              " x ", cell.height, "."));
    }
    std::vector<cv::Mat> cells;
    for (int y = 0; y < image.rows; y += cell.height) {
        for (int x = 0; x < image.cols; x += cell.width) {
            cells.push_back(image(cv::Rect(x, y, cell.width, cell.height)).clone());
        }
    }
    return cells;
}

}  // namespace fsd
