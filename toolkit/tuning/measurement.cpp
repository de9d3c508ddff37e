// Writes the job as JSON, runs the worker, reads its answer.
#include "toolkit/tuning/measurement.h"

#include "runtime/error.h"
#include "toolkit/system/process.h"
#include "toolkit/tuning/protocol.h"

#include <filesystem>
#include <fstream>

namespace fsd::tuning {
namespace {

Json read_answer(const std::string &path) {
    std::ifstream in(path);
    return Json::parse(in, nullptr, false);
}

// The worker died without an answer.
Measurement without_answer(const ProcessOutcome &outcome, double limit) {
    Measurement measurement;
    measurement.verdict = outcome.stopped ? Verdict::stopped : Verdict::failed;
    measurement.sentence = outcome.timed_out ? text("It was stopped after ", limit, " seconds.")
                           : outcome.code > 128
                               ? text("It was killed by signal ", outcome.code - 128, ".")
                               : text("It ended with code ", outcome.code, ": ", outcome.output);
    return measurement;
}

Json ask(const BuildTree &tree, const Json &job, double limit, const std::string &folder,
         const volatile std::sig_atomic_t *stop, ProcessOutcome &outcome) {
    const std::string question = folder + "/job.json", answer = folder + "/answer.json";
    std::filesystem::remove(answer);
    std::ofstream(question) << job;
    outcome = run_process({tree.worker, question, answer}, {limit, stop});
    return read_answer(answer);
}

std::vector<Extents> shapes_of(const BuildTree &tree, const std::string &question, const std::string &op,
                               const std::string &folder) {
    ProcessOutcome outcome;
    const Json answer = ask(tree, {{question, op}}, 60, folder, nullptr, outcome);
    if (!answer.is_array()) {
        throw Error(ExitCode::unsupported,
                    text("The operator ", op, " has no benchmark; give --shape or --model."));
    }
    return answer.get<std::vector<Extents>>();
}

}  // namespace

Measurement measure(const BuildTree &tree, const MeasurementJob &job, double limit, const std::string &folder,
                    const volatile std::sig_atomic_t *stop) {
    ProcessOutcome outcome;
    const Json answer = ask(tree, json_of(job), limit, folder, stop, outcome);
    if (!answer.is_object() || outcome.code > 128) {
        return without_answer(outcome, limit);
    }
    return measurement_from(answer);
}

std::vector<Extents> benchmark_shapes(const BuildTree &tree, const std::string &op,
                                      const std::string &folder) {
    return shapes_of(tree, "benchmark_shapes_of", op, folder);
}

std::vector<Extents> test_shapes(const BuildTree &tree, const std::string &op, const std::string &folder) {
    return shapes_of(tree, "test_shapes_of", op, folder);
}

}  // namespace fsd::tuning
