// As Halide's compile_multitarget(), which asks only what the processor has.
#include "compiler/dispatcher.h"

#include "runtime/system/feature_state.h"

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Expr;
using Halide::Int;
using Halide::Target;
using Halide::UInt;

constexpr int bits_per_word = 64;

Expr has_features_of(const Target &target) {
    std::vector<Expr> words;
    for (int first = 0; first < Target::FeatureEnd; first += bits_per_word) {
        uint64_t word = 0;
        for (int bit = 0; bit < bits_per_word && first + bit < Target::FeatureEnd; bit++) {
            if (target.has_feature(static_cast<Target::Feature>(first + bit))) {
                word |= uint64_t(1) << bit;
            }
        }
        words.push_back(UIntImm::make(UInt(bits_per_word), word));
    }
    const auto count = static_cast<int>(words.size());
    const Expr features =
        Call::make(Halide::type_of<uint64_t *>(), Call::make_struct, words, Call::Intrinsic);
    return Call::make(Int(32), "halide_can_use_target_features", {count, features}, Call::Extern) != 0;
}

Expr runs(const Target &target) {
    const uint32_t state = state_of_features([&](halide_target_feature_t feature) {
        return target.has_feature(static_cast<Target::Feature>(feature));
    });
    if (state == 0) {
        return has_features_of(target);
    }
    const Expr saved = UIntImm::make(UInt(32), state);
    return has_features_of(target) && Call::make(Int(32), "fsdnet_saves_state", {saved}, Call::Extern) != 0;
}

}  // namespace

Halide::Module dispatcher_module(const std::string &name, const std::vector<LoweredArgument> &arguments,
                                 const std::vector<Version> &versions) {
    std::vector<Expr> choices;
    for (const Version &version : versions) {
        const bool is_last = &version == &versions.back();
        choices.push_back(is_last ? const_true() : runs(version.target));
        choices.emplace_back(version.function);
    }
    const Expr status = Variable::make(Int(32), "status");
    const Stmt call = LetStmt::make(
        "status", Call::make(Int(32), Call::call_cached_indirect_function, choices, Call::Intrinsic),
        AssertStmt::make(status == 0, status));
    Halide::Module module(
        name, versions.back().target.with_feature(Target::NoRuntime).without_feature(Target::NoAsserts));
    module.append(LoweredFunc(name, arguments, call, Halide::LinkageType::External, Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
