// Filters the question "can this machine run a kernel with these features?" that Halide's dispatchers ask.
#include "runtime/instruction_set.h"

#include "runtime/error.h"

#include "HalideRuntime.h"

#include <array>
#include <atomic>

namespace fsd {
namespace {

using Features = std::array<uint64_t, (halide_target_feature_end + 63) / 64>;

constexpr std::array<halide_target_feature_t, 8> needed = {halide_target_feature_avx512_zen4,
                                                           halide_target_feature_avx512_cannonlake,
                                                           halide_target_feature_avx512_skylake,
                                                           halide_target_feature_avx512,
                                                           halide_target_feature_avx2,
                                                           halide_target_feature_fma,
                                                           halide_target_feature_avx,
                                                           halide_target_feature_f16c};

struct Level {
    const char *name;
    std::size_t first_needed;  // into `needed`: this entry and all behind it
};
constexpr std::array<Level, 4> levels = {
    {{"avx512_vnni", 0}, {"avx512", 2}, {"avx2", 4}, {"baseline", needed.size()}}};

bool has_bit(const uint64_t *features, halide_target_feature_t feature) {
    return ((features[feature / 64] >> (feature % 64)) & 1) != 0;
}

bool machine_runs(const Level &level) {
    Features features{};
    for (std::size_t i = level.first_needed; i < needed.size(); i++) {
        features[needed[i] / 64] |= uint64_t(1) << (needed[i] % 64);
    }
    return halide_default_can_use_target_features(features.size(), features.data()) != 0;
}

std::atomic<std::size_t> limit{0};  // index into `levels`

int may_use(int count, const uint64_t *features) {
    for (std::size_t i = 0; i < levels[limit].first_needed; i++) {
        if (has_bit(features, needed[i])) {
            return 0;
        }
    }
    return halide_default_can_use_target_features(count, features);
}

}  // namespace

std::vector<std::string> instruction_sets() {
    std::vector<std::string> names;
    for (const Level &level : levels) {
        if (machine_runs(level)) {
            names.emplace_back(level.name);
        }
    }
    return names;
}

void limit_instruction_set(const std::string &name) {
    std::string known;
    for (std::size_t i = 0; i < levels.size(); i++) {
        if (!machine_runs(levels[i])) {
            continue;
        }
        if (name == levels[i].name) {
            limit = i;
            halide_set_custom_can_use_target_features(may_use);
            return;
        }
        known += (known.empty() ? "" : ", ") + std::string(levels[i].name);
    }
    throw Error(ExitCode::unsupported, text("This machine cannot be limited to the instruction set '", name,
                                            "'; it runs ", known, "."));
}

std::string instruction_set() {
    for (std::size_t i = limit; i < levels.size(); i++) {
        if (machine_runs(levels[i])) {
            return levels[i].name;
        }
    }
    return "baseline";
}

}  // namespace fsd
