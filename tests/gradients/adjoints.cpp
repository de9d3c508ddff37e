// The chain of gradients through a layer, as the references compute it, against Halide's own reverse-mode
// differentiation of the forward formula in float64. libHalide compiles that one pipeline in process.
#include "cases/draw.h"

#include <Halide.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Two float64 computations of sums of some hundred terms.
constexpr double tolerance = 1e-12;  // of the tensor's largest gradient

Halide::Buffer<double> buffer_of(const Values &values) {
    Halide::Buffer<double> buffer(std::vector<int>(values.shape.rbegin(), values.shape.rend()));
    std::copy(values.data.begin(), values.data.end(), buffer.begin());
    return buffer;
}

Values run(const std::string &op, const Extents &extents, const std::map<std::string, Values> &tensors,
           const std::string &output) {
    Problem problem{extents, case_of(op).scalars, tensors};
    for (const auto &[name, domain] : case_of(op).inputs) {
        problem.tensors.at(name).shape = shape_of(signature_of(op), name, extents);
    }
    case_of(op).reference(problem);
    return problem[output];
}

// The layer kld_conv, log_normalize with the loss sum upstream * log_posterior, and its gradients.
class Layer {
public:
    explicit Layer(const Problem &problem)
        : probability_(buffer_of(problem["probability"])),
          filters_(buffer_of(problem["log_likelihood"])),
          prior_(buffer_of(problem["log_prior"])),
          upstream_(buffer_of(problem["upstream"])) {
        Halide::Var output, x, y, sample;
        const auto axis = [&](const char *name) { return problem.extent(name); };
        Halide::Func observed = Halide::BoundaryConditions::constant_exterior(
            probability_, Halide::cast<double>(0),
            {{Halide::Expr(), Halide::Expr()}, {0, axis("x")}, {0, axis("y")}});
        Halide::RDom term(0, axis("input"), 0, axis("window_x"), 0, axis("window_y"));
        Halide::Func sum, evidence, mass, loss;
        sum(output, x, y, sample) += filters_(output, term.x, term.y, term.z) *
                                     observed(term.x, x * axis("stride_x") + term.y - axis("padding_x"),
                                              y * axis("stride_y") + term.z - axis("padding_y"), sample);
        evidence(output, x, y, sample) =
            prior_(output) + Halide::Expr(problem.scalars.at("observations")) * sum(output, x, y, sample);
        Halide::RDom state(0, axis("output"));
        mass(x, y, sample) += exp(evidence(state, x, y, sample));
        Halide::RDom all(upstream_);
        loss() += upstream_(all.x, all.y, all.z, all.w) *
                  (evidence(all.x, all.y, all.z, all.w) - log(mass(all.y, all.z, all.w)));
        adjoints_.emplace(propagate_adjoints(loss));
    }

    Values d_probability() const { return realize(probability_); }
    Values d_log_likelihood() const { return realize(filters_); }
    Values d_log_prior() const { return realize(prior_); }

private:
    Values realize(const Halide::Buffer<double> &with_respect_to) const {
        Halide::Func gradient = (*adjoints_)(with_respect_to);
        std::vector<int> extents;
        for (int i = 0; i < with_respect_to.dimensions(); i++) {
            extents.push_back(with_respect_to.dim(i).extent());
        }
        Halide::Buffer<double> found = gradient.realize(extents);
        Values values(Shape(extents.rbegin(), extents.rend()));
        std::copy(found.begin(), found.end(), values.data.begin());
        return values;
    }

    Halide::Buffer<double> probability_, filters_, prior_, upstream_;
    std::optional<Halide::Derivative> adjoints_;
};

void require_equal(const Values &found, const Values &expected) {
    double largest = 0;
    for (const double value : expected.data) {
        largest = std::max(largest, std::fabs(value));
    }
    REQUIRE(found.shape == expected.shape);
    REQUIRE(largest > 0.01);
    for (std::size_t i = 0; i < expected.data.size(); i++) {
        REQUIRE(std::fabs(found.data[i] - expected.data[i]) <= tolerance * largest);
    }
}

}  // namespace

TEST_CASE("Halide's adjoints of a layer are the references' gradients", "[gradients][rotates]") {
    const Extents shape{{"sample", 2},   {"y", 7},         {"x", 8},        {"input", 3},
                        {"output", 5},   {"window_y", 3},  {"window_x", 2}, {"stride_y", 2},
                        {"stride_x", 1}, {"padding_y", 1}, {"padding_x", 1}};
    Problem problem = draw(case_of("kld_conv"), shape, 1);
    case_of("kld_conv").reference(problem);
    Extents &extents = problem.extents;
    extents["site"] = extents["sample"] * extents["output_y"] * extents["output_x"];
    extents["group"] = 1;
    extents["state"] = extents["output"];
    problem.tensors["upstream"] = draw(case_of("kld_conv_backward_states"), shape, 2)["d_log_evidence"];

    std::map<std::string, Values> tensors = problem.tensors;
    tensors["logits"] = problem["log_evidence"];
    tensors["d_log_posterior"] = problem["upstream"];
    tensors["log_posterior"] = run("log_normalize", extents, tensors, "log_posterior");
    tensors["d_log_evidence"] = run("log_normalize_backward", extents, tensors, "d_logits");

    const Layer layer(problem);
    require_equal(layer.d_probability(), run("kld_conv_backward_states", extents, tensors, "d_probability"));
    require_equal(layer.d_log_likelihood(),
                  run("kld_conv_backward_filters", extents, tensors, "d_log_likelihood"));
    require_equal(layer.d_log_prior(), run("log_prior_backward", extents, tensors, "d_log_prior"));
}
