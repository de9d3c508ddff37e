// What of the processor's state Halide's features need (runtime/system/processor_state.h).
#pragma once

#include "runtime/system/processor_state.h"

#include "HalideRuntime.h"

namespace fsd {

// has(feature) says which features there are.
template<typename Has>
uint32_t state_of_features(const Has &has) {
    for (const halide_target_feature_t feature :
         {halide_target_feature_avx512, halide_target_feature_avx512_knl,
          halide_target_feature_avx512_skylake, halide_target_feature_avx512_cannonlake,
          halide_target_feature_avx512_zen4, halide_target_feature_avx512_zen5,
          halide_target_feature_avx512_sapphirerapids, halide_target_feature_avx10_1}) {
        if (has(feature)) {
            return FSDNET_STATE_AVX512;
        }
    }
    for (const halide_target_feature_t feature :
         {halide_target_feature_avx, halide_target_feature_avx2, halide_target_feature_avxvnni,
          halide_target_feature_f16c, halide_target_feature_fma, halide_target_feature_fma4}) {
        if (has(feature)) {
            return FSDNET_STATE_AVX;
        }
    }
    return 0;
}

}  // namespace fsd
