// Where the tensors of a compiled network lie while it runs.
#pragma once

namespace fsd::compiler {

enum class MemoryPlace {
    stack,   // of the calling thread
    caller,  // in memory that the caller gives with each call
    fixed,   // in one static buffer, which the header defines: one call at a time
};

// Of the caller's memory: that of the longest vectors.
constexpr int memory_alignment = 64;

}  // namespace fsd::compiler
