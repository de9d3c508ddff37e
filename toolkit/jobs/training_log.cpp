// One line per epoch.
#include "toolkit/jobs/training_log.h"

#include "runtime/error.h"
#include "toolkit/training/decimal.h"

namespace fsd {

std::string training_log_csv(const TrainingOutcome &outcome) {
    const std::vector<EpochRecord> &history = outcome.trainer.history();
    const std::vector<Evaluation> &tests = outcome.run.evaluations;
    const std::size_t first_tested = history.size() - tests.size();
    std::string out = "epoch,loss,accuracy,test_accuracy,test_nll,test_ece,held_out_loss\n";
    for (std::size_t epoch = 0; epoch < history.size(); epoch++) {
        out += text(epoch + 1, ",", shortest_decimal(history[epoch].loss), ",",
                    outcome.trainer.has_classes() ? shortest_decimal(history[epoch].accuracy) : "");
        if (epoch >= first_tested) {
            const Evaluation &test = tests[epoch - first_tested];
            out += text(",", shortest_decimal(test.accuracy), ",", shortest_decimal(test.nll), ",",
                        shortest_decimal(test.ece), ",");
        } else {
            out += ",,,,";
        }
        const std::optional<double> &held_out = history[epoch].held_out_loss;
        out += (held_out ? shortest_decimal(*held_out) : "") + "\n";
    }
    return out;
}

}  // namespace fsd
