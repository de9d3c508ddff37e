// Some of many: indices that are spread evenly, with the first one.
#pragma once

#include <cstddef>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace fsd {

// At most `most` of the indices 0 .. count - 1, increasing.
inline std::vector<std::size_t> evenly_spaced(std::size_t count, std::size_t most) {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < count && i < most; i++) {
        indices.push_back(most < count ? i * count / most : i);
    }
    return indices;
}

// Keeps between `least` and 2 * `least` values of a stream of unknown length (all of a shorter one), evenly
// spaced.
template<typename Value>
class EvenSample {
public:
    explicit EvenSample(std::size_t least) : least_(least) {}

    // `make` is called only where the value is kept.
    template<typename Make>
    void add(Make make) {
        if (least_ > 0 && next_ % stride_ == 0) {
            kept_.emplace(next_, make());
        }
        next_++;
        if (least_ > 0 && kept_.size() == 2 * least_) {
            thin_out();
        }
    }

    // By index in the stream; at most `least`.
    std::map<std::size_t, Value> finish() {
        std::vector<std::size_t> indices;
        for (const auto &[index, value] : kept_) {
            indices.push_back(index);
        }
        std::map<std::size_t, Value> result;
        for (std::size_t i : evenly_spaced(indices.size(), least_)) {
            result.emplace(indices[i], std::move(kept_.at(indices[i])));
        }
        return result;
    }

private:
    void thin_out() {
        stride_ *= 2;
        for (auto entry = kept_.begin(); entry != kept_.end();) {
            entry = entry->first % stride_ ? kept_.erase(entry) : std::next(entry);
        }
    }

    std::size_t least_, next_ = 0, stride_ = 1;
    std::map<std::size_t, Value> kept_;
};

}  // namespace fsd
