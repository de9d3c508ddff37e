// Seeds that are wrong in one place each: what readers have sentences for.
#pragma once

#include "tests/temporary_folder.h"

#include <string>
#include <vector>

namespace fsd::testing {

// A .safetensors file for each mistake that the container's reader knows.
std::vector<std::string> wrong_containers();

// Texts that are no JSON, each in eight lengths, as the fuzzer of JSON reads by the length.
std::vector<std::string> wrong_json();

// The JSON text with one value replaced, one key changed, for all of them.
std::vector<std::string> spoiled_json(const std::string &text);

// The file's tensors left out, renamed, of another shape or no numbers, its metadata left out or changed: one
// each.
std::vector<std::string> spoiled_file(const std::string &path);

// Images of rare forms, and cut ones.
std::vector<Bytes> rare_images();

}  // namespace fsd::testing
