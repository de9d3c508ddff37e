// An instruction set is usable where the processor has it and the system saves its registers.
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/system/feature_state.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>

using namespace fsd;

namespace {

constexpr uint32_t osxsave = 1U << 27, avx = 1U << 28;

uint32_t state_of(const std::set<halide_target_feature_t> &features) {
    return state_of_features([&](halide_target_feature_t feature) { return features.count(feature) != 0; });
}

}  // namespace

TEST_CASE("registers count where XGETBV is on and XCR0 has their bits", "[resources]") {
    CHECK(fsdnet_state_is_saved(0, 0, 0) == 1);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX, avx, 0xe7) == 0);  // AVX by CPUID, XSAVE off
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX, avx | osxsave, 0x3) == 0);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX, avx | osxsave, 0x5) == 0);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX, avx | osxsave, 0x7) == 1);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX512, avx | osxsave, 0x7) == 0);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX512, avx | osxsave, 0x67) == 0);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX512, avx | osxsave, 0xe0) == 0);
    CHECK(fsdnet_state_is_saved(FSDNET_STATE_AVX512, avx | osxsave, 0xe7) == 1);
}

TEST_CASE("the widest feature decides what must be saved", "[resources]") {
    CHECK(state_of({}) == 0);
    CHECK(state_of({halide_target_feature_sse41}) == 0);
    CHECK(state_of({halide_target_feature_sse41, halide_target_feature_f16c}) == FSDNET_STATE_AVX);
    CHECK(state_of({halide_target_feature_avx2, halide_target_feature_avx512}) == FSDNET_STATE_AVX512);
    CHECK(state_of({halide_target_feature_avx512_zen4}) == FSDNET_STATE_AVX512);
}

TEST_CASE("a limit must be a name, and one that this machine can run", "[resources]") {
    try {
        limit_instruction_set("avx3");
        FAIL();
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::usage);
        CHECK_THAT(error.what(), Catch::Contains("avx3") && Catch::Contains("baseline"));
    }
    REQUIRE(instruction_sets().back() == "baseline");
    limit_instruction_set("baseline");
    CHECK(instruction_set() == "baseline");
    limit_instruction_set(instruction_sets().front());
    CHECK(instruction_set() == instruction_sets().front());
}
