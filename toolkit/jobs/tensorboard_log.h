// The course of a training as TensorBoard reads it.
#pragma once

#include "toolkit/jobs/training_run.h"

#include <string>

namespace fsd {

// `events` that also write an event file into `folder`, which is made where it is missing; where it is empty,
// just `events`. After each epoch the file has its scalars, with the epoch as step: loss/training,
// loss/held_out, loss/test, accuracy/training, accuracy/test (shares of 1) where they exist, and rate, of the
// step that comes next. Runs with a name have a folder of their own within. Each process begins a new file;
// that of a resumed run holds the epochs that it ends. Throws Error(bad_input) where something cannot be
// written.
TrainingEvents also_to_tensorboard(TrainingEvents events, const std::string &folder);

// One record of an event file: length, its checksum, the data, their checksum (the framing of TFRecord).
std::string event_record(const std::string &data);

}  // namespace fsd
