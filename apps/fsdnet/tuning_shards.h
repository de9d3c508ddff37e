// `fsdnet tune --shard` and `--merge`: one search on several machines.
#pragma once

#include "apps/fsdnet/tuning_job.h"
#include "toolkit/tuning/build_tree.h"

namespace fsd::command_line {

// Tries what belongs to job.shard of each operator, and prints what each log holds by then.
void tune_shard(const TuningJob &job, const tuning::BuildTree &tree);

// Makes one log of those in job.merge, for each operator that they are about, and records what is decided.
void merge_shards(const TuningJob &job, const tuning::BuildTree &tree);

}  // namespace fsd::command_line
