// Windows as the poolings have them: those that start inside of the map, cut at its end.
#include "toolkit/analysis/aggregation/locations.h"

#include "toolkit/analysis/aggregation/effective_number.h"
#include "toolkit/analysis/median.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

struct Window {
    int first_y, end_y, first_x, end_x, channel;
};

class Windows {
public:
    Windows(const Layer &layer, const PooledNetwork &place)
        : place_(place),
          height_(layer.attribute("pool_window_y")),
          width_(layer.attribute("pool_window_x")),
          stride_y_(layer.attribute("pool_stride_y")),
          stride_x_(layer.attribute("pool_stride_x")) {}

    // Of a feature, which is [y, x, channel] of what the pooling gives.
    Window of(int feature) const {
        const int site = feature / place_.channels();
        const int y = site / place_.pooled[1] * stride_y_, x = site % place_.pooled[1] * stride_x_;
        return {y, std::min(y + height_, place_.map[0]), x, std::min(x + width_, place_.map[1]),
                feature % place_.channels()};
    }

private:
    const PooledNetwork &place_;
    int height_, width_, stride_y_, stride_x_;
};

double independent_variance(const ClassStatistics &locations, const PooledNetwork &place,
                            const Window &window, int label) {
    double sum = 0;
    for (int y = window.first_y; y < window.end_y; y++) {
        for (int x = window.first_x; x < window.end_x; x++) {
            sum += locations.of(label, (y * place.map[1] + x) * place.channels() + window.channel).variance();
        }
    }
    const double count = (window.end_y - window.first_y) * (window.end_x - window.first_x);
    return sum / (count * count);
}

ClassStatistics statistics_of(const PooledSet &set, int classes) {
    ClassStatistics statistics(classes, set.width());
    statistics.add(set.features, set.labels);
    return statistics;
}

}  // namespace

SpatialVariance spatial_variance(const Layer &layer, const PooledNetwork &place,
                                 const ClassStatistics &locations, const PooledSet &fitted,
                                 const PooledSet &measured) {
    const ClassStatistics of_fitted = statistics_of(fitted, locations.classes()),
                          of_measured = statistics_of(measured, locations.classes());
    const Windows windows(layer, place);
    std::vector<double> with, independent, ratio;
    for (int label = 0; label < locations.classes(); label++) {
        for (int feature = 0; feature < fitted.width(); feature++) {
            const double found = of_measured.of(label, feature).variance(),
                         predicted = of_fitted.of(label, feature).variance(),
                         alone = independent_variance(locations, place, windows.of(feature), label);
            if (found > 0 && predicted > 0 && alone > 0) {
                with.push_back(std::fabs(std::log(predicted / found)));
                independent.push_back(std::fabs(std::log(alone / found)));
                ratio.push_back(predicted / alone);
            }
        }
    }
    return {static_cast<int>(with.size()), median(with), median(independent), median(ratio)};
}

std::vector<double> effective_locations(const PooledNetwork &place, const Tensor &maps,
                                        const PooledSet &set) {
    const int channels = place.channels(), samples = shape_of(maps)[0];
    const std::size_t count = maps.number_of_elements() / channels;
    const auto *numbers = static_cast<const float *>(maps.data());
    std::vector<double> result(set.width());
    for (int channel = 0; channel < channels; channel++) {
        std::vector<float> sorted(count);
        for (std::size_t i = 0; i < count; i++) {
            sorted[i] = numbers[i * channels + channel];
        }
        std::sort(sorted.begin(), sorted.end());
        for (int feature = channel; feature < set.width(); feature += channels) {
            std::vector<double> cumulative(samples);
            for (int sample = 0; sample < samples; sample++) {
                const auto above = std::upper_bound(sorted.begin(), sorted.end(), set.row(sample)[feature]);
                cumulative[sample] =
                    static_cast<double>(above - sorted.begin()) / static_cast<double>(count + 1);
            }
            const bool varies = sorted.front() < sorted.back();
            result[feature] = varies ? effective_number(cumulative) : HUGE_VAL;
        }
    }
    return result;
}

}  // namespace fsd::analysis
