// The digest that a checkpoint carries of all its bytes.
#pragma once

#include "runtime/formats/safetensors.h"

#include <map>
#include <string>

namespace fsd {

// The bytes of a .safetensors file whose metadata have one more entry, "digest": the SHA-256 of the file as
// it would be with 64 zeros in the digest's place.
std::string sealed_file(std::map<std::string, std::string> metadata,
                        const std::map<std::string, Tensor> &tensors);

// Throws Error(bad_input) where the file is not what was sealed.
void check_seal(const SafetensorsFile &file);

}  // namespace fsd
