// Written in Halide's intermediate representation, so that a library needs no compiler but Halide.
#include "compiler/c_call.h"

namespace fsd::compiler {

using namespace Halide::Internal;
using Halide::Expr;
using Halide::Int;

Expr is_null(const Expr &pointer) {
    return Halide::reinterpret<uint64_t>(pointer) == Halide::cast<uint64_t>(0);
}

Expr strided_buffer(const Expr &host, const Halide::Type &type, const std::vector<Expr> &extents,
                    const std::vector<Expr> &strides) {
    BufferBuilder builder;
    builder.host = host;
    builder.type = type;
    builder.dimensions = static_cast<int>(extents.size());
    builder.mins.assign(extents.size(), 0);
    builder.extents = extents;
    builder.strides = strides;
    return builder.build();
}

Expr dense_buffer(const Expr &host, const Halide::Type &type, const std::vector<Expr> &extents) {
    std::vector<Expr> strides;
    Expr stride = 1;
    for (const Expr &extent : extents) {
        strides.push_back(stride);
        stride = simplify(stride * extent);
    }
    return strided_buffer(host, type, extents, strides);
}

Expr behind(const Expr &pointer, std::size_t bytes) {
    return Halide::reinterpret(pointer.type(), Halide::reinterpret<uint64_t>(pointer) +
                                                   UIntImm::make(Halide::UInt(64), bytes));
}

Expr host_of(const Expr &buffer) {
    return Call::make(Halide::type_of<uint8_t *>(), Call::buffer_get_host, {buffer}, Call::Extern);
}

Stmt require(const Expr &condition, int status) {
    return AssertStmt::make(condition, Expr(status));
}

Stmt call(const std::string &function, const std::vector<Expr> &arguments) {
    const Expr status = Variable::make(Int(32), "status");
    return LetStmt::make("status", Call::make(Int(32), function, arguments, Call::Extern),
                         AssertStmt::make(status == 0, status));
}

std::vector<LoweredArgument> scalars(const std::vector<Expr> &variables) {
    std::vector<LoweredArgument> all;
    for (const Expr &variable : variables) {
        all.emplace_back(variable.as<Variable>()->name, Halide::Argument::InputScalar, variable.type(), 0,
                         Halide::ArgumentEstimates{});
    }
    return all;
}

}  // namespace fsd::compiler
