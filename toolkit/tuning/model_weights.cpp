// The format: "hwf1", two versions of features, the number of tensors; for each the number of axes, the
// extents, the numbers in float32. All in the byte order of the machine.
#include "toolkit/tuning/model_weights.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace fsd::tuning {
namespace {

constexpr uint32_t weights_signature = 0x68776631;
constexpr uint32_t most_tensors = 64, most_axes = 4, most_extent = 4096;

// The end of weights that begin at `place`; 0 where none do.
std::size_t end_of_weights(const std::string &bytes, std::size_t place) {
    const auto word = [&] {
        uint32_t number = 0;
        if (place + sizeof number <= bytes.size()) {
            std::memcpy(&number, bytes.data() + place, sizeof number);
        }
        place += sizeof number;
        return number;
    };
    if (word() != weights_signature) {
        return 0;
    }
    word();
    word();
    const uint32_t tensors = word();
    if (tensors == 0 || tensors > most_tensors) {
        return 0;
    }
    for (uint32_t tensor = 0; tensor < tensors; tensor++) {
        const uint32_t axes = word();
        std::size_t size = 1;
        for (uint32_t axis = 0; axis < axes && axes <= most_axes; axis++) {
            const uint32_t extent = word();
            size *= extent <= most_extent ? extent : 0;
        }
        if (axes == 0 || axes > most_axes || size == 0) {
            return 0;
        }
        place += size * sizeof(float);
    }
    return place <= bytes.size() ? place : 0;
}

}  // namespace

std::string built_in_weights(const std::string &plugin) {
    const std::string bytes = InputFile(plugin).whole();
    const std::string signature(reinterpret_cast<const char *>(&weights_signature), sizeof weights_signature);
    for (std::size_t place = bytes.find(signature); place != std::string::npos;
         place = bytes.find(signature, place + 1)) {
        const std::size_t end = end_of_weights(bytes, place);
        if (end > 0) {
            return bytes.substr(place, end - place);
        }
    }
    throw Error(ExitCode::unsupported,
                text("The weights that retraining begins with were looked for in '", plugin,
                     "' and are not there; give a file of weights by --weights, which it goes on with."));
}

std::string weights_in_cache(const std::string &family) {
    const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
    const bool has_cache = cache != nullptr && *cache == '/';
    if (!has_cache && (home == nullptr || *home == 0)) {
        throw Error(ExitCode::unsupported,
                    "There is no folder for the weights: neither XDG_CACHE_HOME nor HOME is set. --weights "
                    "FILE names one.");
    }
    return text(has_cache ? cache : text(home, "/.cache"), "/fsdnet/adams2019.", family, ".weights");
}

}  // namespace fsd::tuning
