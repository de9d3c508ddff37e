// CPU schedule of kld_linear.
#include "generators/kld_linear.h"

#include "schedules/idioms/long_sums.h"

namespace {

// Eight terms per loop: 4096 samples x 400 inputs x 32 outputs take .87 of the time of four, 64 x 400 x 32
// .96, 64 x 784 x 100 .99, 1024^3 1.00 (Sapphire Rapids); with tiles of 2 x 12 .85, but 64 x 400 x 32 1.04.
std::vector<fsd::ScheduleParameter> parameters(const Halide::Target &target) {
    std::vector<fsd::ScheduleParameter> declared = fsd::evidence_parameters(target);
    if (fsd::vector_registers(target) == 32) {
        fsd::prefer(declared, "unrolled_terms", "8");
    }
    return fsd::result_parameters(declared, target);
}

}  // namespace

void fsd::KldLinear::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const LinearTiling tiling = result_tiling(measured.choose(target, parameters(target)));
    linear_in_strips(log_evidence, output, sample, linear, many, tiling);
    read_by_pointers(get_pipeline(), probability, linear, tiling);
}
