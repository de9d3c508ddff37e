// What a search writes: its log, its picture, the record.
#pragma once

#include "apps/fsdnet/tuning_job.h"
#include "apps/fsdnet/tuning_report.h"

#include <string>

namespace fsd::command_line {

std::string log_of(const TuningJob &job, const tuning::BuildTree &tree, const tuning::Subject &subject);
std::string picture_of(const TuningJob &job, const std::string &log);

// Throws Error(usage) where --log or --picture name one file for several operators.
void require_one_log(const TuningJob &job, std::size_t operators);

// Checks that they can be written, the picture where it is not empty; removes the log where the job asks for
// a fresh one.
void prepare_tuning_log(const TuningJob &job, const tuning::BuildTree &tree, const std::string &log,
                        const std::string &picture);

// Draws the search and keeps the record, where the job and the device allow it.
void write_outcome(const TuningJob &job, const tuning::BuildTree &tree, const tuning::Journal &journal,
                   TuningOutcome &outcome);

}  // namespace fsd::command_line
