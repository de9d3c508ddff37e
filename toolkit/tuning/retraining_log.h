// The log of a retraining: schedules, trainings, comparisons, a line of JSON each.
#pragma once

#include "toolkit/tuning/journal_json.h"
#include "toolkit/tuning/retraining.h"

#include <map>
#include <optional>

namespace fsd::tuning {

Json json_of(const RetrainedShape &shape);

struct DrawnSchedule {
    std::string shape;
    int seed = 0;
    std::string verdict = "failed";  // or "timed", "wrong"
    std::string sentence;            // what went wrong
    double seconds = 0;              // of a call, where it was timed
};

class RetrainingLog {
public:
    // <folder>/log.jsonl; what is no line of a log is skipped.
    explicit RetrainingLog(const std::string &folder);

    void schedule(const DrawnSchedule &drawn, double elapsed);
    // By all samples so far.
    void training(double elapsed);
    void comparison(const std::string &shape, const RetrainedShape &found, double elapsed);
    // Work that the budget ended.
    void given_up(double elapsed);

    const RetrainingProgress &done() const { return done_; }
    int drawn() const { return drawn_; }
    int wrong() const { return wrong_; }
    int failed() const { return failed_; }
    // Of the shape, by the weights of the last training; nothing where there was none.
    std::optional<RetrainedShape> compared(const std::string &shape) const;

private:
    void append(const Json &line);
    void count(const Json &line);

    std::string path_;
    RetrainingProgress done_;
    int drawn_ = 0, wrong_ = 0, failed_ = 0;
    std::map<std::string, RetrainedShape> compared_;
};

}  // namespace fsd::tuning
