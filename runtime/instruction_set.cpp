// Filters the question "can this machine run a kernel with these features?" that Halide's dispatchers ask.
#include "runtime/instruction_set.h"

#include "runtime/error.h"

#include "HalideRuntime.h"
#include "instruction_set_table.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace fsd {
namespace {

using Features = std::array<uint64_t, (halide_target_feature_end + 63) / 64>;

Features features_of(const InstructionSetRow &row) {
    Features features{};
    for (std::size_t i = 0; i < row.feature_count; i++) {
        features[row.features[i] / 64] |= uint64_t(1) << (row.features[i] % 64);
    }
    return features;
}

bool machine_runs(const InstructionSetRow &row) {
    const Features features = features_of(row);
    return halide_default_can_use_target_features(features.size(), features.data()) != 0;
}

std::atomic<std::size_t> limit{0};  // index into the table

const InstructionSetRow &row_in_force() {
    for (std::size_t i = limit; i < instruction_set_table.size(); i++) {
        if (machine_runs(instruction_set_table[i])) {
            return instruction_set_table[i];
        }
    }
    return instruction_set_table.back();
}

// What fuses_products() says, from its first call to the next limit.
enum class Fused { unknown, no, yes };
std::atomic<Fused> fused{Fused::unknown};

// Features that only better sets than the limit have are none.
int may_use(int count, const uint64_t *features) {
    const Features all = features_of(instruction_set_table.front()),
                   allowed = features_of(instruction_set_table[limit]);
    for (std::size_t i = 0; i < std::min<std::size_t>(count, all.size()); i++) {
        if ((features[i] & all[i] & ~allowed[i]) != 0) {
            return 0;
        }
    }
    return halide_default_can_use_target_features(count, features);
}

}  // namespace

std::vector<std::string> instruction_sets() {
    std::vector<std::string> names;
    for (const InstructionSetRow &row : instruction_set_table) {
        if (machine_runs(row)) {
            names.emplace_back(row.name);
        }
    }
    return names;
}

void limit_instruction_set(const std::string &name) {
    std::string known;
    for (std::size_t i = 0; i < instruction_set_table.size(); i++) {
        if (!machine_runs(instruction_set_table[i])) {
            continue;
        }
        if (name == instruction_set_table[i].name) {
            limit = i;
            fused = Fused::unknown;
            halide_set_custom_can_use_target_features(may_use);
            return;
        }
        known += (known.empty() ? "" : ", ") + std::string(instruction_set_table[i].name);
    }
    throw Error(ExitCode::unsupported, text("This machine cannot be limited to the instruction set '", name,
                                            "'; it runs ", known, "."));
}

std::string instruction_set() {
    return row_in_force().name;
}

bool fuses_products() noexcept {
    if (fused == Fused::unknown) {
        const InstructionSetRow &row = row_in_force();
        const auto *const end = row.features.begin() + row.feature_count;
        const bool found =
            FSDNET_KERNELS_MAY_FUSE && std::find(row.features.begin(), end, halide_target_feature_fma) != end;
        fused = found ? Fused::yes : Fused::no;
    }
    return fused == Fused::yes;
}

}  // namespace fsd
