// What a file is by its first bytes, for sentences about a file of the wrong kind.
#pragma once

#include <cstddef>
#include <string>

namespace fsd {

// As many first bytes as any kind needs; fewer are allowed.
constexpr std::size_t content_kind_bytes = 264;

// "a PNG image; 'fsdnet classify' takes images": the kind and who takes it, for a refusal. Empty where the
// bytes are of no known kind.
std::string content_kind(const std::string &first_bytes);

}  // namespace fsd
