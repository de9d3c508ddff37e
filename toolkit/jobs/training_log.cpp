// One line per epoch.
#include "toolkit/jobs/training_log.h"

#include "runtime/error.h"
#include "toolkit/training/decimal.h"

namespace fsd {
namespace {

std::string lines_of(const FinishedRun &run) {
    const std::vector<EpochRecord> &history = run.trainer.history();
    const std::vector<Evaluation> &tests = run.run.evaluations;
    const std::size_t first_tested = history.size() - tests.size();
    std::string out;
    for (std::size_t epoch = 0; epoch < history.size(); epoch++) {
        out += text(epoch + 1, ",", shortest_decimal(history[epoch].loss), ",",
                    run.trainer.has_classes() ? shortest_decimal(history[epoch].accuracy) : "");
        if (epoch >= first_tested) {
            const Evaluation &test = tests[epoch - first_tested];
            out += text(",", shortest_decimal(test.accuracy), ",", shortest_decimal(test.nll), ",",
                        shortest_decimal(test.ece), ",");
        } else {
            out += ",,,,";
        }
        const std::optional<double> &held_out = history[epoch].held_out_loss;
        out += (held_out ? shortest_decimal(*held_out) : "") + "," + run.name + "\n";
    }
    return out;
}

}  // namespace

std::string training_log_csv(const TrainingOutcome &outcome) {
    std::string out = "epoch,loss,accuracy,test_accuracy,test_nll,test_ece,held_out_loss,run\n";
    for (const FinishedRun &run : outcome.runs) {
        out += lines_of(run);
    }
    return out;
}

}  // namespace fsd
