// The look at a protocol buffer before it is parsed.
#pragma once

#include <string>

namespace google::protobuf {
class Descriptor;
}

namespace fsd {

// Throws Error(bad_input) where the bytes are no message of this type, nest deeper than 32 messages, or
// would become more than a million objects: an empty message has two bytes in a file and hundreds in memory.
void check_wire(const std::string &bytes, const google::protobuf::Descriptor &type);

}  // namespace fsd
