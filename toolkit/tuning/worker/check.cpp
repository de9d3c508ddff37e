// The shapes that break things, dense and padded, and those that will be timed.
#include "toolkit/tuning/worker/check.h"

#include "cases/compare.h"
#include "cases/quick_check.h"
#include "runtime/error.h"

namespace fsd::tuning {
namespace {

using namespace fsd::testing;

struct Check {
    Extents extents;
    Layout layout;
};

std::vector<Check> checks_of(const Case &described, const MeasurementJob &job) {
    std::vector<Check> checks;
    for (const Extents &extents : job.shapes) {
        checks.push_back({job.any_shape ? quick_to_check(job.op, extents) : extents, Layout::dense});
    }
    if (job.any_shape) {
        for (const Extents &extents : described.shapes) {
            checks.push_back({extents, Layout::dense});
            checks.push_back({extents, Layout::padded});
        }
    }
    return checks;
}

std::string shape_text(const Extents &extents) {
    std::string out;
    for (const auto &[axis, extent] : extents) {
        out += text(out.empty() ? "" : ",", axis, "=", extent);
    }
    return out;
}

// Empty where the kernel agrees.
std::string disagreement(const Kernel &kernel, const Case &described, const Check &check) {
    Problem problem = draw(described, check.extents, 1);
    Placement placement(kernel, problem, check.layout);
    described.reference(problem);
    placement.call()();
    const Mismatch worst = compare(described, problem, placement);
    if (worst.ratio > 1) {
        return worst.sentence;
    }
    return placement.surroundings_intact() ? "" : "it writes beside its output";
}

}  // namespace

void check(const Kernel &kernel, const MeasurementJob &job, Measurement &measurement) {
    const Case &described = case_of(job.op);
    measurement.verdict = Verdict::timed;
    for (const Check &check : checks_of(described, job)) {
        try {
            const std::string fault = disagreement(kernel, described, check);
            measurement.checked++;
            if (!fault.empty()) {
                measurement.verdict = Verdict::wrong;
                measurement.sentence = text("It is wrong at ", shape_text(check.extents), ": ", fault, ".");
                return;
            }
        } catch (const Error &error) {
            measurement.verdict = Verdict::failed;
            measurement.sentence = text("At ", shape_text(check.extents), ": ", error.what());
            return;
        }
    }
}

}  // namespace fsd::tuning
