// Descriptions as data; the course is measured on the first samples.
#include "experiments/feature_networks.h"

#include "experiments/training.h"
#include "toolkit/training/trainer.h"

#include <algorithm>
#include <cmath>

namespace fsd::experiments {
namespace {

using namespace analysis;

constexpr int measured_samples = 4000;

Layer convolution(const std::string &op, const std::string &name, int window, int stride, int channels) {
    Layer layer{op,
                name,
                {{"window_y", window},
                 {"window_x", window},
                 {"stride_y", stride},
                 {"stride_x", stride},
                 {"padding_y", op == "conv" ? window / 2 : 0},
                 {"padding_x", op == "conv" ? window / 2 : 0}}};
    if (op == "conv") {
        layer.attributes["channels"] = channels;
    } else {
        layer.attributes["groups"] = 1;
        layer.attributes["states"] = channels;
    }
    return layer;
}

Layer pooling(const std::string &op, int side) {
    return {
        op,
        "",
        {{"pool_window_y", side}, {"pool_window_x", side}, {"pool_stride_y", side}, {"pool_stride_x", side}}};
}

bool is_measured(std::int64_t step) {
    for (const std::int64_t first : {10, 20, 50, 100, 200}) {
        if (step == first) {
            return true;
        }
    }
    return step % 400 == 0;
}

void measure(const Trainer &trainer, const Dataset &part, Course &course) {
    const auto found = output_projection(trainer.model(), part, part);
    if (found && found->match.cosine) {
        course.step.push_back(static_cast<double>(trainer.step()));
        course.angle.push_back(std::acos(std::clamp(*found->match.cosine, -1., 1.)) * 180 / EIGEN_PI);
        course.share.push_back(std::max(-1., found->trained_h_score / found->h_score));
    }
}

}  // namespace

Model pooled_network(int classes) {
    Model model;
    model.input = {28, 28, 1, InputKind::real, {1.F / 255}, {0}};
    const Layer relu{"relu", "", {}};
    model.layers = {convolution("conv", "strokes", 5, 2, 16),
                    relu,
                    convolution("conv", "parts", 3, 2, 32),
                    relu,
                    convolution("conv", "features", 3, 1, 64),
                    relu,
                    pooling("average_pool", 7),
                    {"linear", "classes", {{"channels", classes}}},
                    {"log_softmax", "", {}}};
    return model;
}

Model state_network(int classes) {
    Model model;
    model.input = {28, 28, 1};
    model.layers = {convolution("kld_conv", "strokes", 5, 1, 16),
                    {"normalize", "", {}},
                    pooling("marginal_pool", 4),
                    {"kld_linear", "classes", {{"groups", 1}, {"states", classes}}},
                    {"log_normalize", "", {}}};
    return model;
}

Model score_network(int features, int classes) {
    Model model = dense_network(784, {100}, classes, "relu", true);
    model.layers.insert(model.layers.begin() + 2, {"linear", "features", {{"channels", features}}});
    return model;
}

Course course_of_training(const Model &description, const Dataset &data, const TrainingOptions &options) {
    const Dataset part = samples_of(data, 0, std::min(measured_samples, data.count()));
    Trainer trainer(description, data, options);
    Course course;
    while (!trainer.finished()) {
        trainer.run_step();
        if (is_measured(trainer.step())) {
            measure(trainer, part, course);
        }
    }
    measure(trainer, part, course);
    course.model = trainer.model();
    return course;
}

}  // namespace fsd::experiments
