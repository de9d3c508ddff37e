// Runs both networks once and compares layer by layer.
#include "toolkit/analysis/teacher/teacher_study.h"

#include "runtime/error.h"
#include "runtime/models/activations.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/teacher/layer_choice.h"
#include "toolkit/analysis/teacher/layers/reading_norms.h"
#include "toolkit/analysis/teacher/sample_identity.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

using Activations = std::map<std::size_t, Tensor>;

// [sample, unit] in float64.
Matrix rows_of(const Tensor &samples, int most = 0) {
    const int count = shape_of(samples)[0];
    const auto units = static_cast<Eigen::Index>(samples.number_of_elements()) / count;
    const Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> all(
        static_cast<const float *>(samples.data()), count, units);
    return all.topRows(most > 0 ? std::min(most, count) : count).cast<double>();
}

Vector as_vector(const std::vector<double> &numbers) {
    return Eigen::Map<const Vector>(numbers.data(), static_cast<Eigen::Index>(numbers.size()));
}

bool gives_log_probabilities(const Model &model) {
    return activations(model).back().kind == ActivationKind::log_probability;
}

class Studying {
public:
    Studying(const Pupil &student, const Pupil &teacher, const TeacherStudyOptions &options)
        : student_(student), teacher_(teacher), options_(options) {
        study_.samples = shape_of(student.inputs)[0];
        if (study_.samples != shape_of(teacher.inputs)[0] || study_.samples < 2) {
            throw Error(ExitCode::bad_input,
                        text("Both networks need the same inputs, two at least; found ", study_.samples,
                             " for the student and ", shape_of(teacher.inputs)[0], " for the teacher."));
        }
        student_layers_ = chosen(student.model, options.student_layer, "student");
        teacher_layers_ = chosen(teacher.model, options.teacher_layer, "teacher");
        of_student_ =
            activations_of(student.model, student.inputs, with_input(student.model, student_layers_));
        of_teacher_ =
            activations_of(teacher.model, teacher.inputs, with_input(teacher.model, teacher_layers_));
    }

    void match_layers() {
        const bool paired = student_layers_.size() == teacher_layers_.size();
        if (!paired) {
            study_.notes.push_back(text("The teacher has ", teacher_layers_.size(),
                                        " layers to compare and the student ", student_layers_.size(),
                                        ": each of the teacher's is shown beside the student's layer that "
                                        "matches it best on average."));
        }
        for (std::size_t i = 0; i < teacher_layers_.size(); i++) {
            const bool results = !options_.teacher_layer && i + 1 == teacher_layers_.size();
            if (paired || results) {
                study_.layers.push_back(
                    matched(teacher_layers_[i], paired ? student_layers_[i] : student_layers_.back()));
                continue;
            }
            std::optional<LayerMatch> best;
            for (const std::size_t layer : student_layers_) {
                LayerMatch one = matched(teacher_layers_[i], layer);
                if (!best || one.matching.mean.value_or(-2) > best->matching.mean.value_or(-2)) {
                    best = std::move(one);
                }
            }
            study_.layers.push_back(*std::move(best));
        }
        note_flags();
    }

    void compare_results() {
        const Model &student = student_.model, &teacher = teacher_.model;
        if (result_size(student) != result_size(teacher)) {
            study_.notes.push_back(text(
                "The student gives ", result_size(student), " numbers and the teacher ", result_size(teacher),
                ": outputs that are not as many have no squared error and no agreement."));
            return;
        }
        Matrix own = rows_of(of_student_.at(student.layers.size())),
               other = rows_of(of_teacher_.at(teacher.layers.size()));
        if (own.cols() > 1) {
            int same = 0;
            for (Eigen::Index sample = 0; sample < own.rows(); sample++) {
                Eigen::Index a = 0, b = 0;
                own.row(sample).maxCoeff(&a);
                other.row(sample).maxCoeff(&b);
                same += a == b ? 1 : 0;
            }
            study_.agreement = same / static_cast<double>(own.rows());
        }
        const bool classes = gives_log_probabilities(teacher);
        if (gives_log_probabilities(student) != classes) {
            study_.notes.emplace_back("One network gives log-probabilities and the other numbers on a scale "
                                      "of their own: no squared "
                                      "error of outputs.");
            return;
        }
        if (classes) {
            own.colwise() -= Vector(own.rowwise().mean());  // log-probabilities to centered logits
            other.colwise() -= Vector(other.rowwise().mean());
        }
        const double variance = (other.rowwise() - Eigen::RowVectorXd(other.colwise().mean())).squaredNorm();
        if (variance > 0) {
            study_.squared_error = (own - other).squaredNorm() / variance;
        } else {
            study_.notes.emplace_back(
                "The teacher's outputs never change: their squared error has no scale.");
        }
    }

    void check_identity() {
        const auto own = dense_network_of(student_.model), other = dense_network_of(teacher_.model);
        if (!own || !other) {
            study_.notes.emplace_back(
                "The sample-wise identity g = B_st h_t - B_ss h_s is of two networks of "
                "`linear` layers with `relu` between them; it was left out.");
            return;
        }
        if (own->weights.size() != other->weights.size() || own->weights.size() < 2 ||
            own->weights.back().cols() != other->weights.back().cols()) {
            study_.notes.emplace_back(
                "The sample-wise identity needs as many layers of both networks, a hidden "
                "one at least, and as many outputs; it was left out.");
            return;
        }
        Eigen::Index largest = 1;
        for (std::size_t layer = 0; layer < own->weights.size(); layer++) {
            const Eigen::Index students = own->weights[layer].cols() + 1;
            largest = std::max(largest, students * std::max(students, other->weights[layer].cols() + 1));
        }
        constexpr Eigen::Index most_numbers = 8 << 20;
        study_.identity_samples = static_cast<int>(
            std::max<Eigen::Index>(1, std::min<Eigen::Index>({64, study_.samples, most_numbers / largest})));
        study_.identity =
            identity_residuals(*own, *other, rows_of(of_student_.at(0), study_.identity_samples));
    }

    void study_posterior_layers(const std::vector<int> &labels, int classes) {
        const Model &model = student_.model;
        const std::vector<Shape> shapes = activation_shapes(model);
        for (const std::size_t layer : student_layers_) {
            if (labels.empty() || shapes[layer][3] < 2 ||
                !are_distributions(model, layer, of_student_.at(layer))) {
                continue;
            }
            Matrix posterior = rows_of(of_student_.at(layer));
            if (activations(model)[layer].kind == ActivationKind::log_probability) {
                posterior = posterior.array().exp();
            }
            study_.posteriors.push_back(study_posteriors(posterior, shapes[layer][3], labels, classes));
            study_.posteriors.back().layer = layer - 1;
        }
    }

    TeacherStudy finish() { return std::move(study_); }

private:
    static std::vector<std::size_t> chosen(const Model &model, const std::optional<std::size_t> &layer,
                                           const char *who) {
        std::vector<std::size_t> layers = layer ? std::vector<std::size_t>{*layer} : compared_layers(model);
        const std::vector<Shape> shapes = activation_shapes(model);
        for (const std::size_t one : layers) {
            const std::size_t units = one < shapes.size() ? element_count(shapes[one]) : 0;
            if (units > most_matched_units) {
                throw Error(ExitCode::bad_input,
                            text("Behind layer ", one - 1, " the ", who, " has ", units, " units; up to ",
                                 most_matched_units, " are compared. Choose another layer by --", who,
                                 "-layer."));
            }
        }
        return layers;
    }

    static std::vector<std::size_t> with_input(const Model &model, std::vector<std::size_t> layers) {
        layers.push_back(0);
        layers.push_back(model.layers.size());
        std::sort(layers.begin(), layers.end());
        layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
        return layers;
    }

    static std::string op_behind(const Model &model, std::size_t layer) {
        return layer == 0 ? "input" : model.layers[layer - 1].op;
    }

    LayerMatch matched(std::size_t teacher_layer, std::size_t student_layer) const {
        LayerMatch result;
        result.teacher_layer = teacher_layer;
        result.student_layer = student_layer;
        result.teacher_op = op_behind(teacher_.model, teacher_layer);
        result.student_op = op_behind(student_.model, student_layer);
        const Tensor other = comparable(teacher_.model, teacher_layer, of_teacher_.at(teacher_layer)),
                     own = comparable(student_.model, student_layer, of_student_.at(student_layer));
        result.log_odds = are_distributions(teacher_.model, teacher_layer, of_teacher_.at(teacher_layer)) ||
                          are_distributions(student_.model, student_layer, of_student_.at(student_layer));
        result.correlations = activation_correlations(other, own);
        result.matching =
            match(result.correlations, activation_correlations(other, other).values, options_.threshold);
        const std::vector<double> norms = reading_norms(student_.model, student_layer),
                                  teacher_norms = reading_norms(teacher_.model, teacher_layer);
        if (!norms.empty()) {
            result.fan_out = fan_out(result.matching, as_vector(norms));
        }
        result.teacher_without_fan_out =
            static_cast<int>(std::count(teacher_norms.begin(), teacher_norms.end(), 0.));
        return result;
    }

    void note_flags() {
        for (const LayerMatch &layer : study_.layers) {
            const auto count = [&](bool UnitMatch::*flag) {
                return std::count_if(layer.matching.units.begin(), layer.matching.units.end(),
                                     [&](const UnitMatch &unit) { return unit.*flag; });
            };
            const auto say = [&](std::ptrdiff_t number, const char *what) {
                if (number > 0) {
                    study_.notes.push_back(
                        text("Behind layer ", layer.teacher_layer - 1, " of the teacher: ", number, what));
                }
            };
            say(count(&UnitMatch::dead), " units never change and count as neither matched nor missed.");
            say(count(&UnitMatch::ambiguous), " units do the same as another one (correlation .999 or more), "
                                              "so that their match is ambiguous.");
            say(layer.teacher_without_fan_out, " units are read by nothing; no student can recover them.");
        }
    }

    Pupil student_, teacher_;
    TeacherStudyOptions options_;
    std::vector<std::size_t> student_layers_, teacher_layers_;
    Activations of_student_, of_teacher_;
    TeacherStudy study_;
};

}  // namespace

TeacherStudy study_teacher(const Pupil &student, const Pupil &teacher, const std::vector<int> &labels,
                           int classes, const TeacherStudyOptions &options) {
    Studying studying(student, teacher, options);
    studying.match_layers();
    studying.compare_results();
    studying.check_identity();
    studying.study_posterior_layers(labels, classes);
    return studying.finish();
}

}  // namespace fsd::analysis
