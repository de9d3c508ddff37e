// The environment is exchanged by C (compiler/machine/): Halide has no expression for it.
#include "compiler/floating_point_mode.h"

extern const unsigned char embedded_floating_point[];
extern const unsigned long embedded_floating_point_size;

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Expr;
using Halide::Target;

// As FloatingPointMode::of_kernels(): rounding to nearest, no traps, and 0 in place of denormal results where
// products and sums are fused.
int mode_for(const Target &target) {
    const bool fused = target.has_feature(Target::FMA) || target.has_feature(Target::AVX512);
    return 0x1f80 | (fused ? 0x8000 : 0);
}

Expr exchange(const Expr &mode) {
    return Call::make(Halide::Int(32), "fsdnet_exchange_floating_point_mode", {mode}, Call::Extern);
}

Stmt in_mode(const Stmt &body, int mode) {
    const Expr before = Variable::make(Halide::Int(32), "floating_point_mode_before");
    return LetStmt::make("floating_point_mode_before", exchange(mode),
                         Block::make(body, Evaluate::make(exchange(before))));
}

}  // namespace

bool has_own_floating_point_mode(const Target &target) {
    return target.arch == Target::X86 && target.bits == 64 && target.os == Target::Linux;
}

void keep_own_floating_point_mode(Halide::Module &module) {
    for (LoweredFunc &function : module.functions()) {
        if (function.linkage != Halide::LinkageType::Internal) {
            function.body = in_mode(function.body, mode_for(module.target()));
        }
    }
}

Stmt call_in_own_floating_point_mode(const Expr &call, const Target &target) {
    const Expr status = Variable::make(Halide::Int(32), "status");
    const Stmt hand_on = AssertStmt::make(status == 0, status);
    if (!has_own_floating_point_mode(target)) {
        return LetStmt::make("status", call, hand_on);
    }
    const Expr before = Variable::make(Halide::Int(32), "floating_point_mode_before");
    const Stmt back = Block::make(Evaluate::make(exchange(before)), hand_on);
    return LetStmt::make("floating_point_mode_before", exchange(mode_for(target)),
                         LetStmt::make("status", call, back));
}

ObjectFile floating_point_object() {
    return {"fsdnet_floating_point.o",
            std::string(embedded_floating_point, embedded_floating_point + embedded_floating_point_size)};
}

}  // namespace fsd::compiler
