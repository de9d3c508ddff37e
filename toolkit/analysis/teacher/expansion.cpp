// A level of the tree is one call: regions and children are padded with zeros to the largest of the level,
// which adds nothing to any sum.
#include "toolkit/analysis/teacher/expansion.h"

#include "runtime/call.h"
#include "runtime/error.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace fsd::analysis {
namespace {

std::size_t at(int region) {
    return static_cast<std::size_t>(region);
}

// float64 [region, child, row, column].
Tensor packed(const std::vector<std::vector<const Matrix *>> &matrices) {
    std::size_t children = 1;
    Eigen::Index rows = 1, columns = 1;
    for (const auto &region : matrices) {
        children = std::max(children, region.size());
        for (const Matrix *matrix : region) {
            rows = std::max(rows, matrix->rows());
            columns = std::max(columns, matrix->cols());
        }
    }
    Tensor result = make_tensor<double>({static_cast<int>(matrices.size()), static_cast<int>(children),
                                         static_cast<int>(rows), static_cast<int>(columns)});
    auto *numbers = static_cast<double *>(result.data());
    for (std::size_t region = 0; region < matrices.size(); region++) {
        for (std::size_t child = 0; child < matrices[region].size(); child++) {
            const Matrix &matrix = *matrices[region][child];
            double *first = numbers + (region * children + child) * static_cast<std::size_t>(rows * columns);
            Eigen::Map<Matrix>(first, rows, columns).topLeftCorner(matrix.rows(), matrix.cols()) = matrix;
        }
    }
    return result;
}

Tensor without_child_axis(const Tensor &tensor) {
    const Shape shape = shape_of(tensor);
    return reshaped(tensor, {shape[0], shape[2], shape[3]});
}

// The part of one child of one region.
Matrix unpacked(const Tensor &tensor, std::size_t region, std::size_t child, Eigen::Index rows,
                Eigen::Index columns) {
    const Shape shape = shape_of(tensor);
    const std::size_t size = static_cast<std::size_t>(shape[2]) * static_cast<std::size_t>(shape[3]);
    const double *first = static_cast<const double *>(tensor.data()) +
                          (region * static_cast<std::size_t>(shape[1]) + child) * size;
    return Eigen::Map<const Matrix>(first, shape[2], shape[3]).topLeftCorner(rows, columns);
}

class Expanding {
public:
    Expanding(const GenerativeTree &tree, const LocalStudent &student, GateRule rule,
              const Enumeration *measured)
        : tree_(tree), student_(student), rule_(rule), measured_(measured), gates_(at(tree.regions())) {
        if (measured == nullptr && rule != GateRule::none && rule != GateRule::sign) {
            throw Error(ExitCode::usage, text("The gate rule '", name_of(rule),
                                              "' needs what enumerate() measures of the student."));
        }
        result_.preactivations.resize(gates_.size());
        result_.features = student.pixels;
        result_.gradients.resize(gates_.size());
        result_.weight_gradients.resize(gates_.size());
    }

    Expansion run(const TopGradient &gradient) {
        for (auto level = tree_.levels().rbegin(); level != tree_.levels().rend(); ++level) {
            forward(*level);
        }
        const Matrix &top = result_.preactivations[0];
        result_.gradients[0] = Matrix(top.rows(), top.cols());
        for (Eigen::Index state = 0; state < top.rows(); state++) {
            result_.gradients[0].row(state) =
                tree_.marginal(0)[state] * gradient(top.row(state), static_cast<int>(state));
        }
        for (const std::vector<int> &level : tree_.levels()) {
            backward(level);
        }
        return std::move(result_);
    }

private:
    // Of all children of the regions.
    template<typename Choose>
    Tensor of_children(const std::vector<int> &level, const Choose &choose) const {
        std::vector<std::vector<const Matrix *>> chosen;
        for (const int region : level) {
            chosen.emplace_back();
            for (const TreeEdge &edge : tree_.region(region).children) {
                chosen.back().push_back(&choose(edge));
            }
        }
        return packed(chosen);
    }

    Call call(const char *kernel, const std::vector<int> &level) const {
        Call result(need_kernel(kernel, {"tuned", "cpu"}));
        result.set("transition", of_children(level, [](const TreeEdge &edge) -> const Matrix & {
                       return edge.transition;
                   }));
        result.set("child_feature", of_children(level, [&](const TreeEdge &edge) -> const Matrix & {
                       return result_.features[at(edge.child)];
                   }));
        result.set("edge_weight", of_children(level, [&](const TreeEdge &edge) -> const Matrix & {
                       return student_.weights[at(edge.child)];
                   }));
        return result;
    }

    bool is_linear(int region) const {
        return rule_ == GateRule::none || region == 0 || tree_.is_pixel(region);
    }

    // Before U is known: what the rule measures, else 1.
    Matrix given_gate(int region, Eigen::Index nodes) const {
        const Matrix ones = Matrix::Ones(tree_.region(region).states, nodes);
        if (is_linear(region) || rule_ == GateRule::sign || rule_ == GateRule::gaussian) {
            return ones;
        }
        const StateMeans &means = measured_->regions[at(region)];
        if (rule_ == GateRule::mean) {
            return means.active;
        }
        const auto vanishes = means.preactivation.array().abs() < 1e-12;
        return vanishes.select(means.active.array(),
                               means.feature.array() / vanishes.select(1, means.preactivation.array()));
    }

    // The rules that depend on U, and the gate of the way back where it is another one: the derivative of
    // E[relu u] is P(u > 0) where all images of the state move together, not a quotient of two means.
    void pass_gate(int region) {
        Matrix &gate = gates_[at(region)], &feature = result_.features[at(region)];
        const Matrix &u = result_.preactivations[at(region)];
        if (is_linear(region)) {
            return;
        }
        if (rule_ == GateRule::sign) {
            gate = (u.array() > 0).cast<double>();
            feature = u.cwiseMax(0);
        } else if (rule_ == GateRule::effective) {
            gate = measured_->regions[at(region)].active;
        } else if (rule_ == GateRule::gaussian) {
            for (Eigen::Index i = 0; i < u.size(); i++) {
                const double s = std::sqrt(measured_->regions[at(region)].variance.data()[i]),
                             mean = u.data()[i];
                const double a = s > 0 ? mean / s : 0;
                const double share = s > 0 ? std::erfc(-a / std::sqrt(2.)) / 2 : mean > 0 ? 1 : 0;
                gate.data()[i] = share;
                feature.data()[i] = mean * share + s * std::exp(-a * a / 2) / std::sqrt(2 * M_PI);
            }
        }
    }

    void forward(const std::vector<int> &level) {
        std::vector<std::vector<const Matrix *>> gates;
        for (const int region : level) {
            const int first = tree_.region(region).children[0].child;
            gates_[at(region)] = given_gate(region, student_.weights[at(first)].cols());
            gates.push_back({&gates_[at(region)]});
        }
        const Tensor gate = packed(gates);
        Tensor preactivation = make_tensor<double>(shape_of(gate)),
               feature = make_tensor<double>(shape_of(gate));
        Call kernel = call("expanded_forward", level);
        kernel.set("state_gate", without_child_axis(gate))
            .set("expanded_preactivation", without_child_axis(preactivation))
            .set("expanded_feature", without_child_axis(feature));
        kernel();
        for (std::size_t i = 0; i < level.size(); i++) {
            const Matrix &own = gates_[at(level[i])];
            result_.preactivations[at(level[i])] = unpacked(preactivation, i, 0, own.rows(), own.cols());
            result_.features[at(level[i])] = unpacked(feature, i, 0, own.rows(), own.cols());
            pass_gate(level[i]);
        }
    }

    void backward(const std::vector<int> &level) {
        std::vector<std::vector<const Matrix *>> gradients;
        for (const int region : level) {
            gradients.push_back({&result_.gradients[at(region)]});
            for (const TreeEdge &edge : tree_.region(region).children) {
                if (tree_.is_pixel(edge.child)) {
                    gates_[at(edge.child)] =
                        Matrix::Ones(tree_.region(edge.child).states, student_.pixels[at(edge.child)].cols());
                }
            }
        }
        const Tensor gate = of_children(
            level, [&](const TreeEdge &edge) -> const Matrix & { return gates_[at(edge.child)]; });
        const Tensor weight = of_children(
            level, [&](const TreeEdge &edge) -> const Matrix & { return student_.weights[at(edge.child)]; });
        Tensor child_gradient = make_tensor<double>(shape_of(gate)),
               weight_gradient = make_tensor<double>(shape_of(weight));
        Call kernel = call("expanded_backward", level);
        kernel.set("child_gate", gate)
            .set("d_expanded", without_child_axis(packed(gradients)))
            .set("d_child_expanded", child_gradient)
            .set("d_edge_weight", weight_gradient);
        kernel();
        for (std::size_t i = 0; i < level.size(); i++) {
            const auto &children = tree_.region(level[i]).children;
            for (std::size_t child = 0; child < children.size(); child++) {
                const std::size_t index = at(children[child].child);
                result_.gradients[index] =
                    unpacked(child_gradient, i, child, gates_[index].rows(), gates_[index].cols());
                result_.weight_gradients[index] =
                    unpacked(weight_gradient, i, child, student_.weights[index].rows(),
                             student_.weights[index].cols());
            }
        }
    }

    const GenerativeTree &tree_;
    const LocalStudent &student_;
    GateRule rule_;
    const Enumeration *measured_;
    std::vector<Matrix> gates_;  // by region
    Expansion result_;
};

}  // namespace

const char *name_of(GateRule rule) {
    switch (rule) {
    case GateRule::none:
        return "none";
    case GateRule::sign:
        return "sign";
    case GateRule::mean:
        return "mean";
    case GateRule::effective:
        return "effective";
    default:
        return "gaussian";
    }
}

Expansion expand(const GenerativeTree &tree, const LocalStudent &student, GateRule rule,
                 const TopGradient &gradient, const Enumeration *measured) {
    return Expanding(tree, student, rule, measured).run(gradient);
}

double separation_residual(const Enumeration &exact, const Expansion &expanded) {
    double difference = 0, size = 0;
    for (std::size_t region = 1; region < exact.weight_gradients.size(); region++) {
        difference += (exact.weight_gradients[region] - expanded.weight_gradients[region]).squaredNorm();
        size += exact.weight_gradients[region].squaredNorm();
    }
    return difference == 0 ? 0 : std::sqrt(difference / size);
}

}  // namespace fsd::analysis
