// Checks at shapes whose float64 reference does not take long.
#include "bench/kernel_jobs.h"

#include "cases/compare.h"
#include "cases/quick_check.h"
#include "runtime/error.h"

namespace fsd::bench {

using namespace testing;

void check(const Job &job) {
    Problem problem = draw(*job.described, quick_to_check(job.kernel->op, job.extents), 1);
    Placement placement(*job.kernel, problem, Layout::dense);
    job.described->reference(problem);
    placement.call()();
    const Mismatch worst = compare(*job.described, problem, placement);
    if (worst.ratio > 1) {
        throw Error(ExitCode::check_failed, text(job.kernel->name, " is wrong: ", worst.sentence, "."));
    }
}

std::string name_of(const Job &job) {
    std::string shape;
    const auto append = [&](const std::string &axis) {
        const auto extent = job.extents.find(axis);
        const std::string part =
            axis + "=" + (extent == job.extents.end() ? "" : std::to_string(extent->second));
        if (extent != job.extents.end() && ("," + shape + ",").find("," + part + ",") == std::string::npos) {
            shape += (shape.empty() ? "" : ",") + part;
        }
    };
    for (const ArgumentSignature &argument : signature_of(job.kernel->op).arguments) {
        for (const std::string &axis : argument.axes) {
            append(axis);
        }
        if (argument.axes.empty()) {
            append(argument.name);
        }
    }
    return job.kernel->op + "/" + job.kernel->schedule + "/" + shape;
}

}  // namespace fsd::bench
