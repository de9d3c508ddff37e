// Filters the question "can this machine run a kernel with these features?" that Halide's dispatchers ask.
#include "runtime/instruction_set.h"

#include "runtime/error.h"
#include "runtime/system/feature_state.h"

#include "HalideRuntime.h"
#include "instruction_set_table.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>

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

bool system_saves(std::size_t count, const uint64_t *features) {
    const auto has = [&](int feature) {
        const auto word = static_cast<std::size_t>(feature) / 64;
        return word < count && ((features[word] >> (feature % 64)) & 1U) != 0;
    };
    return fsdnet_saves_state(state_of_features(has)) != 0;
}

bool machine_runs(const InstructionSetRow &row) {
    const Features features = features_of(row);
    return halide_default_can_use_target_features(features.size(), features.data()) != 0 &&
           system_saves(features.size(), features.data());
}

std::atomic<std::size_t> limit{0};  // index into the table
std::atomic<bool> chosen{false};

const InstructionSetRow &row_in_force() {
    for (std::size_t i = limit; i < instruction_set_table.size(); i++) {
        if (machine_runs(instruction_set_table[i])) {
            return instruction_set_table[i];
        }
    }
    return instruction_set_table.back();
}

// What is_family_in_force() compares with, from its first call to the next limit; nullptr before.
std::atomic<const char *> family_found{nullptr};

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
    return halide_default_can_use_target_features(count, features) != 0 &&
           system_saves(static_cast<std::size_t>(count), features);
}

void limit_to(std::size_t row) {
    limit = row;
    fused = Fused::unknown;
    family_found = nullptr;
    halide_set_custom_can_use_target_features(may_use);
    chosen = true;
}

// Where the limit comes from begins the sentence of its failure.
std::size_t row_of(const std::string &name, const std::string &source) {
    std::size_t row = 0;
    while (row < instruction_set_table.size() && name != instruction_set_table[row].name) {
        row++;
    }
    if (row == instruction_set_table.size()) {
        throw Error(ExitCode::usage, text(source, " '", name, "' names no instruction set; expected one of ",
                                          known_instruction_sets, "."));
    }
    if (!machine_runs(instruction_set_table[row])) {
        std::string runs;
        for (const std::string &other : instruction_sets()) {
            runs += (runs.empty() ? "" : ", ") + other;
        }
        throw Error(ExitCode::unsupported,
                    text(source, " '", name, "' is more than this machine has; it runs ", runs, "."));
    }
    return row;
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
    limit_to(row_of(name, "The limit"));
}

void choose_instruction_set() {
    if (chosen) {
        return;
    }
    const char *name = std::getenv("FSDNET_INSTRUCTION_SET");
    limit_to(name && *name ? row_of(name, "The variable FSDNET_INSTRUCTION_SET:") : 0);
}

std::string instruction_set() {
    choose_instruction_set();
    return row_in_force().name;
}

bool is_family_in_force(const char *family) noexcept {
    const char *found = family_found;
    if (found == nullptr) {
        found = row_in_force().family;
        family_found = found;
    }
    return std::strcmp(found, family) == 0;
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
