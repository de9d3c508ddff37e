// What C functions are made of that call pipelines: pieces in Halide's intermediate representation.
#pragma once

#include "Halide.h"

#include <string>
#include <vector>

namespace fsd::compiler {

Halide::Expr is_null(const Halide::Expr &pointer);

// Descriptions of numbers behind a pointer. Extents and strides innermost first.
Halide::Expr strided_buffer(const Halide::Expr &host, const Halide::Type &type,
                            const std::vector<Halide::Expr> &extents,
                            const std::vector<Halide::Expr> &strides);
Halide::Expr dense_buffer(const Halide::Expr &host, const Halide::Type &type,
                          const std::vector<Halide::Expr> &extents);

// The pointer, so many bytes further.
Halide::Expr behind(const Halide::Expr &pointer, std::size_t bytes);

Halide::Expr host_of(const Halide::Expr &buffer);

// Where the condition does not hold the function returns the status.
Halide::Internal::Stmt require(const Halide::Expr &condition, int status);

// Where the function called does not return 0, that is what the caller returns.
Halide::Internal::Stmt call(const std::string &function, const std::vector<Halide::Expr> &arguments);

// Arguments of the names and types of these variables.
std::vector<Halide::Internal::LoweredArgument> scalars(const std::vector<Halide::Expr> &variables);

}  // namespace fsd::compiler
