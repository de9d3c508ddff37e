// Students of a network: which units recover the teacher's; criteria T7 to T9 of docs/analysis.md.
#include "experiments/experiment.h"
#include "experiments/gaussian_digits.h"
#include "experiments/training.h"
#include "runtime/network.h"
#include "toolkit/analysis/teacher/teacher_plots.h"
#include "toolkit/analysis/teacher/teacher_study.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace fsd::experiments {
namespace {

using namespace analysis;

std::string scientific(double value) {
    char digits[32];
    std::snprintf(digits, sizeof(digits), "%.1e", value);
    return digits;
}

Tensor results_of(const Model &model, const Tensor &inputs) {
    Network network(model);
    Tensor results = make_tensor<float>({shape_of(inputs)[0], network.result_size()});
    network.run(inputs, results);
    return results;
}

Tensor gaussian_inputs(int samples, int numbers, unsigned seed) {
    Tensor inputs = make_tensor<float>({samples, 1, 1, numbers});
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    std::generate_n(static_cast<float *>(inputs.data()), inputs.number_of_elements(),
                    [&] { return normal(random); });
    return inputs;
}

// What the teacher answers to the inputs.
Dataset answers(const Model &teacher, const Tensor &inputs) {
    Dataset data;
    data.features = inputs;
    data.targets = results_of(teacher, inputs);
    data.source = "a teacher's answers";
    return data;
}

// inputs - hidden - outputs with weight vectors of length 1 for each hidden unit and no biases.
Model random_teacher(int inputs, int hidden, int outputs, unsigned seed) {
    Model model = dense_network(inputs, {hidden}, outputs, "relu", false);
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    for (const auto &[name, rows, columns] :
         {std::tuple{"layer1", inputs, hidden}, std::tuple{"last", hidden, outputs}}) {
        Tensor weight = make_tensor<float>({rows, columns});
        auto *numbers = static_cast<float *>(weight.data());
        std::generate_n(numbers, weight.number_of_elements(),
                        [&, n = rows] { return normal(random) / std::sqrt(static_cast<float>(n)); });
        model.tensors.emplace(std::string(name) + ".weight", weight);
        model.tensors.emplace(std::string(name) + ".bias", make_tensor<float>({columns}));
    }
    return model;
}

struct Recovery {
    Model student;
    TeacherStudy before, after;
    const LayerMatch &hidden() const { return after.layers.front(); }
};

// Before and after training on `data`; studied on `inputs`.
Recovery recover(const Model &teacher, int hidden, const Dataset &data, const Tensor &inputs,
                 const TrainingOptions &options) {
    const int outputs = shape_of(data.targets)[1];
    const Model description = dense_network(shape_of(data.features)[3], {hidden}, outputs, "relu", false);
    Trainer trainer(description, data, options);
    Recovery result;
    const Model start = trainer.model();
    result.before = study_teacher({start, inputs}, {teacher, inputs}, {}, 0);
    while (!trainer.finished()) {
        trainer.run_step();
    }
    result.student = trainer.model();
    result.after = study_teacher({result.student, inputs}, {teacher, inputs}, {}, 0);
    return result;
}

std::string number(const std::optional<double> &value, int digits) {
    return value ? fixed(*value, digits) : "-";
}

std::vector<std::string> row_of(const std::string &name, const Recovery &run) {
    const LayerMatch &hidden = run.hidden();
    return {name,
            number(run.before.layers.front().matching.mean, 3),
            number(hidden.matching.mean, 4),
            number(hidden.matching.least, 4),
            number(hidden.matching.share, 3),
            scientific(run.after.squared_error.value_or(1)),
            number(hidden.fan_out->matched, 3),
            number(hidden.fan_out->unmatched, 3)};
}

const std::vector<std::string> head = {"student",
                                       "best correlation at the start",
                                       "mean",
                                       "least",
                                       "matched",
                                       "squared error",
                                       "fan-out, matched",
                                       "others"};

Plot map_of(const std::string &name, const Recovery &run) {
    return correlation_map(name, run.hidden().correlations, run.hidden().matching);
}

void judge_gaussian(const Surroundings &surroundings, Report &report) {
    constexpr int steps = 6000, batch = 64;
    const Model teacher = random_teacher(20, 10, 10, 5);
    const Dataset data = answers(teacher, gaussian_inputs(steps * batch, 20, 1));
    const Tensor inputs = gaussian_inputs(10000, 20, 2);
    TrainingOptions options;
    options.epochs = 1;
    options.batch = batch;
    options.optimizer = "sgd";
    options.rate = 0.02;
    std::vector<std::vector<std::string>> rows;
    std::vector<Plot> maps;
    double least = 1, error = 0, fan = 0;
    for (const int factor : {1, 2, 5}) {
        surroundings.progress("Gaussian inputs, student x" + std::to_string(factor));
        const Recovery run = recover(teacher, 10 * factor, data, inputs, options);
        const std::string name = "20-" + std::to_string(10 * factor) + "-10";
        rows.push_back(row_of(name, run));
        maps.push_back(map_of(name, run));
        least = std::min(least, run.hidden().matching.least.value_or(0));
        error = std::max(error, run.after.squared_error.value_or(1));
        const FanOut &fans = *run.hidden().fan_out;
        fan = std::max(fan, fans.matched ? fans.unmatched.value_or(0) / *fans.matched : 1);
    }
    report.heading("A random teacher");
    report.paragraph(
        "Teacher 20-10-10 with relu on Gaussian inputs; students of 10, 20 and 50 hidden units see each "
        "of 384,000 samples once (6,000 steps of gradient descent with momentum, batches of 64, "
        "squared error). On 10,000 other samples:");
    report.table(head, rows);
    report.picture("gaussian", "Correlations of hidden units; teacher's units up, student's to the right",
                   maps);
    report.criterion(
        {"T7",
         "Gaussian inputs, students x1, x2, x5: least best correlation >= .99, squared error over "
         "variance <= 1e-4, fan-out of units below .95 at most .05 of the others'",
         fixed(least, 4) + ", " + scientific(error) + ", " + fixed(fan, 4),
         least >= 0.99 && error <= 1e-4 && fan <= 0.05});
}

// Its logits.
Model without_softmax(Model model) {
    model.layers.pop_back();
    model.classes.clear();
    return model;
}

// With its last layer scaled so that each of these logits has mean 0 and deviation 1.
Model standardized(Model teacher, const Tensor &logits) {
    Tensor weight = copy_of(teacher.tensor("last.weight")), bias = copy_of(teacher.tensor("last.bias"));
    const Shape shape = shape_of(logits);
    const Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> numbers(
        static_cast<const float *>(logits.data()), shape[0], shape[1]);
    for (int column = 0; column < shape[1]; column++) {
        const Vector values = numbers.col(column).cast<double>();
        const double mean = values.mean(), deviation = std::sqrt((values.array() - mean).square().mean());
        auto *w = static_cast<float *>(weight.data()), *b = static_cast<float *>(bias.data());
        for (int row = 0; row < shape_of(weight)[0]; row++) {
            w[row * shape[1] + column] /= static_cast<float>(deviation);
        }
        b[column] = static_cast<float>((b[column] - mean) / deviation);
    }
    teacher.tensors["last.weight"] = weight;
    teacher.tensors["last.bias"] = bias;
    return teacher;
}

void judge_digits(const Surroundings &surroundings, Report &report) {
    surroundings.progress("the teacher for MNIST");
    const Dataset train = as_numbers(load_dataset(surroundings.data + "/mnist", Split::train)),
                  test = as_numbers(load_dataset(surroundings.data + "/mnist", Split::test));
    TrainingOptions options;
    options.epochs = 8;
    options.rate = 0.003;
    const Model classifier = trained(dense_network(784, {30}, 10, "relu", true), train, options);
    const Model raw = without_softmax(classifier);
    const Model teacher = standardized(raw, results_of(raw, train.features));
    const Dataset data = answers(teacher, train.features);
    options.epochs = 15;
    std::vector<std::vector<std::string>> rows;
    std::vector<Plot> maps;
    std::vector<Recovery> runs;
    for (const int factor : {1, 4}) {
        surroundings.progress("MNIST, student x" + std::to_string(factor));
        runs.push_back(recover(teacher, 30 * factor, data, test.features, options));
        const std::string name = "784-" + std::to_string(30 * factor) + "-10";
        rows.push_back(row_of(name, runs.back()));
        maps.push_back(map_of(name, runs.back()));
    }
    const auto mean = [](const TeacherStudy &study) {
        return study.layers.front().matching.mean.value_or(0);
    };
    const double start = std::max(mean(runs[0].before), mean(runs[1].before));
    const double least = runs[1].hidden().matching.least.value_or(0);
    const double agreement = std::min(*runs[0].after.agreement, *runs[1].after.agreement);
    report.heading("A teacher for digits");
    report.paragraph(
        "Teacher 784-30-10 with relu, trained on MNIST (test accuracy " +
        fixed(accuracy_of(classifier, test.features, test.labels), 4) +
        "); students of 30 and 120 hidden units regress its logits, each with mean 0 and deviation 1, "
        "for 15 epochs of Adam. On the test images:");
    report.table(head, rows);
    report.picture("mnist", "Correlations of hidden units; teacher's units up, student's to the right", maps);
    report.criterion(
        {"T8",
         "MNIST: mean best correlation >= .95 for both students (from <= .55 at the start), x4 least "
         ">= .98, agreement of decisions >= .95",
         fixed(mean(runs[0].after), 3) + ", " + fixed(mean(runs[1].after), 3) + " (" + fixed(start, 3) +
             "); " + fixed(least, 3) + "; " + fixed(agreement, 3),
         std::min(mean(runs[0].after), mean(runs[1].after)) >= 0.95 && start <= 0.55 && least >= 0.98 &&
             agreement >= 0.95});
    double identity = 0;
    for (const Recovery &run : runs) {
        identity =
            std::max(identity, *std::max_element(run.after.identity.begin(), run.after.identity.end()));
    }
    report.criterion(
        {"T9",
         "sample-wise identity g = B_st h_t - B_ss h_s of these students, 64 images: residual <= "
         "1e-12",
         scientific(identity), identity <= 1e-12});
}

void run(const Surroundings &surroundings, Report &report) {
    report.paragraph(
        "Students with relu learn a teacher's outputs. A unit's best correlation is the largest one of its "
        "activations with those of a unit of the other network; a student's unit is matched from .95 on; "
        "fan-out is the norm of its outgoing weights.");
    judge_gaussian(surroundings, report);
    judge_digits(surroundings, report);
}

}  // namespace

Experiment teacher_recovery() {
    return {"teacher_recovery", "Students that recover a network's units", run};
}

}  // namespace fsd::experiments
