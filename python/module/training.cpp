// Training on data in memory; Python is called after each epoch, and asked now and then whether it was
// interrupted.
#include "python/module/arrays.h"
#include "runtime/device.h"
#include "runtime/error.h"
#include "toolkit/jobs/training_job.h"
#include "toolkit/system/clock.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

namespace fsd::python {
namespace {

// Seconds between two looks for Ctrl-C.
constexpr double between_looks = 0.1;

TrainingJob job_from(const nb::dict &options) {
    TrainingJob job;
    const auto take = [&](const char *name, auto &place) {
        if (!nb::try_cast(options[name], place)) {
            throw nb::type_error(
                text("train(): the argument '", name, "' has a type or a range that it cannot have.")
                    .c_str());
        }
    };
    TrainingOptions &recipe = job.recipe;
    take("epochs", recipe.epochs);
    take("batch", recipe.batch);
    take("rate", recipe.rate);
    take("shift", recipe.augmentation.shift);
    take("flip", recipe.augmentation.flip);
    take("turn", recipe.augmentation.turn);
    take("zoom", recipe.augmentation.zoom);
    take("noise", recipe.augmentation.noise);
    take("unobserved", recipe.augmentation.unobserved);
    take("seed", recipe.seed);
    take("device", recipe.device);
    take("loss", recipe.loss);
    take("optimizer", recipe.optimizer);
    take("momentum", recipe.momentum);
    take("weight_decay", recipe.weight_decay);
    take("patience", recipe.patience);
    take("class_weights", recipe.class_weights);
    take("holdout", job.holdout);
    take("refit", job.refit);
    take("checkpoint", job.checkpoint);
    take("resume", job.resume);
    recipe.device = chosen_device(recipe.device);
    return job;
}

// epoch from 1, loss, accuracy, seconds, then accuracy, NLL and ECE of the validation data or None, and the
// held-out loss or None.
nb::tuple record_of(const Trainer &trainer, double seconds, const Evaluation *test) {
    const EpochRecord &epoch = trainer.history().back();
    const nb::object accuracy = trainer.has_classes() ? nb::cast(epoch.accuracy) : nb::none();
    const nb::object tested =
        test ? nb::cast(nb::make_tuple(test->accuracy, test->nll, test->ece)) : nb::none();
    const nb::object held_out = epoch.held_out_loss ? nb::cast(*epoch.held_out_loss) : nb::none();
    return nb::make_tuple(trainer.history().size(), epoch.loss, accuracy, seconds, tested, held_out);
}

// What Python hears of a training.
class Listener {
public:
    explicit Listener(const nb::callable &callback) : callback_(callback) {}

    TrainingEvents events() {
        TrainingEvents events;
        events.begun = [this](const Trainer &trainer, const std::string &name) {
            trainer_ = &trainer;
            name_ = name;
        };
        events.step = [this] { look(); };
        events.epoch = [this](double seconds, const Evaluation *test) {
            const nb::gil_scoped_acquire held;
            enough_ = nb::cast<bool>(callback_(name_, record_of(*trainer_, seconds, test)));
        };
        events.is_enough = [this] { return enough_; };
        return events;
    }

private:
    void look() {
        const double now = seconds_now();
        if (now - last_look_ < between_looks) {
            return;
        }
        last_look_ = now;
        const nb::gil_scoped_acquire held;
        if (PyErr_CheckSignals() != 0) {
            throw nb::python_error();
        }
    }

    const nb::callable &callback_;
    const Trainer *trainer_ = nullptr;
    std::string name_;
    double last_look_ = seconds_now();
    bool enough_ = false;
};

// The model and what its calibration made of the last layer's number of observations, or None.
nb::tuple train(const Model &description, const Dataset &data, const Dataset *test, const nb::dict &options,
                const nb::callable &callback) {
    const TrainingJob job = job_from(options);
    Listener listener(callback);
    Model model;
    std::optional<Calibration> calibration;
    {
        const nb::gil_scoped_release released;
        train_on(job, description, data, test, listener.events(), [&](const TrainingOutcome &outcome) {
            model = outcome.model;
            calibration = outcome.calibration;
        });
    }
    const nb::object factor = calibration ? nb::cast(calibration->factor()) : nb::none();
    return nb::make_tuple(std::move(model), factor);
}

}  // namespace

void add_training(nb::module_ &module) {
    module.def("train", train, nb::arg(), nb::arg(), nb::arg().none(), nb::arg(), nb::arg());
}

}  // namespace fsd::python
