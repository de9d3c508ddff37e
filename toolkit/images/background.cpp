// Robust least squares: fit, drop what lies far off, fit again.
#include "toolkit/images/background.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fsd {
namespace {

// Powers of the position: 1 term is a constant, 3 a plane, 6 a quadratic surface.
using Terms = cv::Vec<double, 6>;

Terms terms_at(int y, int x, const cv::Size &size) {
    const double v = 2.0 * y / std::max(1, size.height - 1) - 1,
                 u = 2.0 * x / std::max(1, size.width - 1) - 1;
    return {1, u, v, u * u, u * v, v * v};
}

double median(std::vector<float> values) {
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

class Surface {
public:
    explicit Surface(double level) : weights_(Terms::all(0)) { weights_[0] = level; }

    double at(const Terms &terms) const { return weights_.dot(terms); }

    // Least squares over the pixels of `plane` that `mask` marks, with the first `count` terms.
    void fit(const cv::Mat &plane, const cv::Mat &mask, int count) {
        cv::Mat normal = cv::Mat::zeros(count, count, CV_64F), right = cv::Mat::zeros(count, 1, CV_64F),
                solution;
        for (int y = 0; y < plane.rows; y++) {
            for (int x = 0; x < plane.cols; x++) {
                if (mask.at<uchar>(y, x)) {
                    accumulate(terms_at(y, x, plane.size()), plane.at<float>(y, x), normal, right);
                }
            }
        }
        if (cv::solve(normal, right, solution, cv::DECOMP_SVD)) {
            weights_ = Terms::all(0);
            for (int i = 0; i < count; i++) {
                weights_[i] = solution.at<double>(i);
            }
        }
    }

    cv::Mat residuals(const cv::Mat &plane) const {
        cv::Mat result(plane.size(), CV_32F);
        for (int y = 0; y < plane.rows; y++) {
            for (int x = 0; x < plane.cols; x++) {
                result.at<float>(y, x) =
                    static_cast<float>(plane.at<float>(y, x) - at(terms_at(y, x, plane.size())));
            }
        }
        return result;
    }

private:
    static void accumulate(const Terms &terms, double value, cv::Mat &normal, cv::Mat &right) {
        for (int i = 0; i < normal.rows; i++) {
            right.at<double>(i) += terms[i] * value;
            for (int j = 0; j < normal.cols; j++) {
                normal.at<double>(i, j) += terms[i] * terms[j];
            }
        }
    }

    Terms weights_;
};

cv::Mat rim(const cv::Size &size) {
    const int width = std::max(1, std::min(size.height, size.width) / 20);
    cv::Mat mask(size, CV_8U, cv::Scalar(255));
    if (size.height > 2 * width && size.width > 2 * width) {
        mask(cv::Rect(width, width, size.width - 2 * width, size.height - 2 * width)) = 0;
    }
    return mask;
}

std::vector<float> marked(const cv::Mat &plane, const cv::Mat &mask) {
    std::vector<float> values;
    for (int y = 0; y < plane.rows; y++) {
        for (int x = 0; x < plane.cols; x++) {
            if (mask.at<uchar>(y, x)) {
                values.push_back(plane.at<float>(y, x));
            }
        }
    }
    return values;
}

// The marked pixels whose residual is within 3 standard deviations (judged by the median of absolute
// residuals), but at least within `floor` gray levels: quantization and compression are no ink.
cv::Mat near(const cv::Mat &residuals, const cv::Mat &mask, double floor) {
    const cv::Mat distances = cv::abs(residuals);
    const double deviation = 1.4826 * median(marked(distances, mask));
    return mask & (distances <= std::max(floor, 3 * deviation));
}

cv::Mat background_of(const cv::Mat &plane) {
    const double floor = 10;
    const cv::Mat edge = rim(plane.size()), everywhere(plane.size(), CV_8U, cv::Scalar(255));
    Surface surface(median(marked(plane, edge)));
    for (int round = 0; round < 3; round++) {
        surface.fit(plane, near(surface.residuals(plane), edge, floor), 3);
    }
    for (int round = 0; round < 3; round++) {
        surface.fit(plane, near(surface.residuals(plane), everywhere, floor), 6);
    }
    return plane - surface.residuals(plane);
}

}  // namespace

cv::Mat estimate_background(const cv::Mat &image) {
    std::vector<cv::Mat> planes;
    cv::split(image, planes);
    for (cv::Mat &plane : planes) {
        plane = background_of(plane);
    }
    cv::Mat result;
    cv::merge(planes, result);
    return result;
}

}  // namespace fsd
