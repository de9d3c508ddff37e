// The state of a training run as one .safetensors file.
#pragma once

#include "runtime/tensor.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fsd {

struct Checkpoint {
    // What the run is: format, version, network, data, options. Two runs with the same identity take the same
    // course.
    std::map<std::string, std::string> identity;
    std::int64_t step = 0;
    double loss_sum = 0;  // over the steps of the epoch under way
    std::int64_t correct_sum = 0;
    std::vector<double> losses, accuracies;  // one per complete epoch
    std::map<int, double> held_out_losses;   // by epoch, from 1; of those that were judged
    // float32 [element]: the parameters, what the optimizer remembers, the layers' state.
    std::map<std::string, Tensor> vectors;
};

// Writes whole, with a digest of everything: under `path` there is always a complete checkpoint.
void save_checkpoint(const Checkpoint &checkpoint, const std::string &path);

// Of version 6, of 5, which had no parts, of 4, which had no noise either, and of 3, which had neither
// patience nor class weights nor held-out losses. Throws Error(bad_input) where the file is no checkpoint of
// these, is damaged (its digest says so), belongs to a run with another identity (names what differs) or does
// not hold exactly the vectors of `lengths`.
Checkpoint load_checkpoint(const std::string &path, const std::map<std::string, std::string> &identity,
                           const std::map<std::string, int> &lengths);

// Into how many parts the checkpoint's run splits its batches, before anything else of it is checked: 1 where
// it does not say. Throws Error(bad_input) where the file is not there or no .safetensors file.
int parts_of_checkpoint(const std::string &path);

}  // namespace fsd
