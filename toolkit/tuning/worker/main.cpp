// tuning_worker JOB ANSWER: checks and times the candidate of a job. Runs code that may crash or never end:
// the tuner looks after it.
#include "cases/case.h"
#include "runtime/error.h"
#include "runtime/threads.h"
#include "toolkit/tuning/protocol.h"
#include "toolkit/tuning/worker/check.h"
#include "toolkit/tuning/worker/loaded_kernel.h"
#include "toolkit/tuning/worker/timing.h"

#include <cstdio>
#include <fstream>

namespace {

using namespace fsd;
using namespace fsd::tuning;

Json answer_to(const Json &question) {
    if (question.contains("benchmark_shapes_of")) {
        return fsd::testing::case_of(question.at("benchmark_shapes_of")).bench_shapes;
    }
    if (question.contains("test_shapes_of")) {
        return fsd::testing::case_of(question.at("test_shapes_of")).shapes;
    }
    const MeasurementJob job = job_from(question);
    set_threads(job.threads);
    const Kernel candidate = load_kernel(job.candidate, job.op, job.device);
    Measurement measurement;
    check(candidate, job, measurement);
    if (measurement.verdict == Verdict::timed && !job.best.empty()) {
        measurement.shapes = time_in_turn(load_kernel(job.best, job.op, job.device), candidate, job);
    }
    return json_of(measurement);
}

}  // namespace

int main(int count, char **arguments) {
    try {
        if (count != 3) {
            throw Error(ExitCode::usage, "usage: tuning_worker JOB ANSWER");
        }
        std::ifstream job(arguments[1]);
        std::ofstream(arguments[2]) << answer_to(Json::parse(job));
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(ExitCode::internal);
    }
}
