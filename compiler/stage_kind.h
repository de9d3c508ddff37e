// What a compiled network makes of a layer, by the op of the layer's kernel, as data and small functions.
// Each op is one file in compiler/layers/ and one line in its CMakeLists.txt; nothing else here knows an op
// by name. A layer whose op has no such file is refused.
#pragma once

#include "compiler/normalization.h"
#include "compiler/pool_stages.h"

#include <map>
#include <optional>

namespace fsd::compiler {

// Sums of products with the layer's numbers over windows of a map: offset + factor * sum.
struct LinearPart {
    enum class Weights {
        shared,     // by all sites; each output reads all channels
        of_groups,  // by all sites; each group of outputs reads a group of the channels
        of_sites,   // differ from site to site, the offsets too
    };

    // Names of the kernel's arguments. The outputs are the last axis of both tensors; the offsets may have
    // axes of groups and states instead.
    std::string weights, offsets;
    std::string factor{};  // empty: 1
    Weights kind = Weights::shared;
};

// A number of a map, for a function of it.
struct Element {
    const Layer &layer;
    Halide::Expr value;
    std::map<std::string, Halide::Expr> numbers;  // the kernel's tensors by name, at the value's channel
};

// One of linear, element, normalize and pool is there.
struct StageKind {
    std::string op;
    std::optional<LinearPart> linear = std::nullopt;
    std::function<Halide::Expr(const Element &element)> element = nullptr;
    std::function<void(Normalization &rows, int states, const Bayes::Evidence &evidence)> normalize = nullptr;
    std::function<void(PoolStages &pool, const StageMap &input)> pool = nullptr;

    // Of an element: f(max(a, b)) = max(f(a), f(b)), to the bit and with NaN as max_pool takes it.
    bool keeps_order = false;
    // Of a pool: it gives the largest number of a window.
    bool takes_largest = false;
    // Of a normalization: by powers of 2 where its result is rounded to bytes
    // (Normalization::define_by_powers).
    bool may_take_powers = false;
};

// nullptr where networks with the op cannot be compiled.
const StageKind *find_stage_kind(const std::string &op);

// That of layer `index`. Throws Error(unsupported) where there is none.
const StageKind &stage_kind(const Model &model, std::size_t index);

}  // namespace fsd::compiler
