// What the tests and the benchmarks know about an op: float64 reference, input domain, tolerance, shapes that
// break things, operation counts. One case file per op; each registers itself.
#pragma once

#include "runtime/signature.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fsd::testing {

// A dense float64 tensor, indexed outermost axis first.
struct Values {
    Shape shape;
    std::vector<double> data;

    explicit Values(const Shape &extents = {}) : shape(extents), data(element_count(extents)) {}

    template<typename... Indices>
    double &operator()(Indices... indices) {
        return data[offset({static_cast<int>(indices)...})];
    }
    template<typename... Indices>
    double operator()(Indices... indices) const {
        return data[offset({static_cast<int>(indices)...})];
    }

private:
    std::size_t offset(std::initializer_list<int> indices) const;
};

// How an input is drawn. Distributions run over the last axis and mix flat, ordinary and sharp rows.
enum class Domain {
    probability,      // rows on the simplex, some with exact zeros
    log_probability,  // logarithms of such rows, all finite
    logits,           // normal, standard deviation 3
    gradient,         // normal, standard deviation 1
    positive,         // exp of a normal
    bytes,            // 0..255
    labels,           // 0..(extent of the axis "class") - 1
};

// One drawn instance: extents, scalars and float64 copies of the inputs; the reference adds outputs.
struct Problem {
    Extents extents;
    std::map<std::string, double> scalars;
    std::map<std::string, Values> tensors;

    int extent(const std::string &axis) const;
    const Values &operator[](const std::string &tensor) const;
    Values &output(const std::string &name, const Shape &shape);  // adds it, all zeros
};

struct Work {
    double operations = 0;  // multiplications and additions; a fused multiply-add counts two
    double bytes = 0;       // read once and written once
};

// A case's work where it grows with one tensor's elements: so many operations and bytes for each of them.
std::function<Work(const Problem &)> per_element(const std::string &tensor, double operations, double bytes);

// Operations of exponential() and logarithm() in generators/log_space.h.
constexpr double exp_operations = 22, log_operations = 32;

struct Case {
    std::string op;
    std::map<std::string, Domain> inputs;
    std::map<std::string, double> scalars;  // float scalars; integer scalars stand among the extents
    std::vector<Extents> shapes;            // tested against the reference
    std::vector<Extents> bench_shapes;      // timed
    std::function<void(Problem &)> reference;
    // The absolute error allowed where the reference is `expected`, derived in the case file.
    std::function<double(const Problem &, const std::string &output, double expected)> tolerance;
    std::function<Work(const Problem &)> work;
    // Makes drawn inputs that depend on one another fit together; their values must stay exact in the
    // kernel's types. May be empty.
    std::function<void(Problem &)> prepare = nullptr;
};

// Registers at static initialization: `static const CaseOf kld_conv{...};`
struct CaseOf {
    explicit CaseOf(Case described);
};

const std::vector<Case> &cases();
const Case &case_of(const std::string &op);

// The distance from 1 to the next float, which tolerances of float32 kernels count in, and to the next double
// for those of float64 kernels.
constexpr double epsilon = 1.1920928955078125e-07;
constexpr double double_epsilon = 2.220446049250313e-16;

}  // namespace fsd::testing
