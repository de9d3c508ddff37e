// For each image the student runs once; the probabilities of the regions' states beside it are added up in
// the inner loop, which only multiplies.
#include "toolkit/analysis/teacher/enumeration.h"

#include "runtime/error.h"

#include <cmath>

namespace fsd::analysis {
namespace {

using Row = Eigen::RowVectorXd;

// Counts through all states of some regions.
class Odometer {
public:
    Odometer(const GenerativeTree &tree, std::vector<int> regions)
        : tree_(tree), regions_(std::move(regions)) {}

    // False when all were seen: then all are 0 again.
    bool advance(std::vector<int> &states) const {
        for (const int region : regions_) {
            int &state = states[static_cast<std::size_t>(region)];
            if (++state < tree_.region(region).states) {
                return true;
            }
            state = 0;
        }
        return false;
    }

private:
    const GenerativeTree &tree_;
    std::vector<int> regions_;
};

class Enumerating {
public:
    Enumerating(const GenerativeTree &tree, const LocalStudent &student, const TopGradient &gradient)
        : tree_(tree),
          student_(student),
          gradient_(gradient),
          states_(count()),
          u_(count()),
          f_(count()),
          g_(count()) {
        double assignments = 1;
        result_.weight_gradients = student.weights;
        for (int region = 0; region < tree.regions(); region++) {
            (tree.is_pixel(region) ? pixels_ : inner_).push_back(region);
            assignments *= tree.region(region).states;
            result_.weight_gradients[at(region)].setZero();
            const Matrix zero = Matrix::Zero(tree.region(region).states, nodes_of(region));
            result_.regions.push_back({zero, zero, zero, zero, zero});
            shares_.push_back(Matrix::Zero(tree.region(0).states, tree.region(region).states));
        }
        if (assignments > 1e7) {
            throw Error(
                ExitCode::unsupported,
                text("The tree has ", assignments,
                     " assignments of states to regions, which are too many to go through; 10 million "
                     "are the most. Take fewer regions or states."));
        }
    }

    Enumeration run() {
        const Odometer images(tree_, pixels_);
        do {
            add_image();
        } while (images.advance(states_));
        divide();
        return std::move(result_);
    }

private:
    static std::size_t at(int region) { return static_cast<std::size_t>(region); }
    std::size_t count() const { return at(tree_.regions()); }

    Eigen::Index nodes_of(int region) const {
        return tree_.is_pixel(region) ? student_.pixels[at(region)].cols()
                                      : student_.weights[at(tree_.region(region).children[0].child)].cols();
    }

    // P(label, a region's state, the image) for all of them.
    void weigh() {
        for (Matrix &share : shares_) {
            share.setZero();
        }
        const Odometer summaries(tree_, inner_);
        do {
            double probability = tree_.marginal(0)[states_[0]];
            for (const int region : inner_) {
                for (const TreeEdge &edge : tree_.region(region).children) {
                    probability *= edge.transition(states_[at(region)], states_[at(edge.child)]);
                }
            }
            for (std::size_t region = 0; region < count(); region++) {
                shares_[region](states_[0], states_[region]) += probability;
            }
        } while (summaries.advance(states_));
    }

    void run_student() {
        for (const int pixel : pixels_) {
            u_[at(pixel)] = f_[at(pixel)] = student_.pixels[at(pixel)].row(states_[at(pixel)]);
        }
        for (auto level = tree_.levels().rbegin(); level != tree_.levels().rend(); ++level) {
            for (const int region : *level) {
                Row &u = u_[at(region)];
                u = Row::Zero(nodes_of(region));
                for (const TreeEdge &edge : tree_.region(region).children) {
                    u += f_[at(edge.child)] * student_.weights[at(edge.child)];
                }
                f_[at(region)] = student_.linear || region == 0 ? u : Row(u.cwiseMax(0));
            }
        }
    }

    void run_back(int label) {
        g_[0] = gradient_(u_[0], label);
        for (const std::vector<int> &level : tree_.levels()) {
            for (const int region : level) {
                for (const TreeEdge &edge : tree_.region(region).children) {
                    Row g = g_[at(region)] * student_.weights[at(edge.child)].transpose();
                    if (!student_.linear && !tree_.is_pixel(edge.child)) {
                        g = (u_[at(edge.child)].array() > 0).select(g, 0);
                    }
                    g_[at(edge.child)] = g;
                }
            }
        }
    }

    void add_image() {
        weigh();
        run_student();
        for (std::size_t region = 0; region < count(); region++) {
            StateMeans &means = result_.regions[region];
            const Vector share = shares_[region].colwise().sum().transpose();
            means.preactivation += share * u_[region];
            means.feature += share * f_[region];
            means.active += share * (u_[region].array() > 0).cast<double>().matrix();
            means.variance += share * u_[region].cwiseAbs2();
        }
        const double image = shares_[0].trace();
        for (int label = 0; label < tree_.region(0).states; label++) {
            const double p = shares_[0](label, label);
            result_.bayes_loss -= p > 0 ? p * std::log(p / image) : 0;
            add_label(label);
        }
    }

    void add_label(int label) {
        const double probability = shares_[0](label, label);
        run_back(label);
        if (u_[0].size() == tree_.region(0).states) {
            result_.loss += probability * cross_entropy_loss(u_[0], label);
        }
        for (std::size_t region = 0; region < count(); region++) {
            result_.regions[region].gradient += shares_[region].row(label).transpose() * g_[region];
            if (region > 0) {
                const std::size_t above = at(tree_.parent(static_cast<int>(region)));
                result_.weight_gradients[region] += probability * f_[region].transpose() * g_[above];
            }
        }
    }

    void divide() {
        for (int region = 0; region < tree_.regions(); region++) {
            StateMeans &means = result_.regions[at(region)];
            for (int state = 0; state < tree_.region(region).states; state++) {
                const double p = tree_.marginal(region)[state];
                for (Matrix *sum : {&means.preactivation, &means.feature, &means.active, &means.variance}) {
                    sum->row(state) *= p > 0 ? 1 / p : 0;
                }
            }
            means.variance = (means.variance - means.preactivation.cwiseAbs2()).cwiseMax(0);
        }
    }

    const GenerativeTree &tree_;
    const LocalStudent &student_;
    const TopGradient &gradient_;
    std::vector<int> pixels_, inner_, states_;
    std::vector<Matrix> shares_;  // by region: [label, state]
    std::vector<Row> u_, f_, g_;  // of one image
    Enumeration result_;
};

}  // namespace

Enumeration enumerate(const GenerativeTree &tree, const LocalStudent &student, const TopGradient &gradient) {
    return Enumerating(tree, student, gradient).run();
}

}  // namespace fsd::analysis
