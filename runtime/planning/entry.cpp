// One kernel per kind of input and type of its numbers, or none where the numbers are the activation already.
#include "runtime/planning/entry.h"

#include "runtime/layers/layer_kind.h"

namespace fsd {
namespace {

class Entries {
public:
    Entries(const Model &model, const std::vector<std::string> &schedules, Steps &steps)
        : input_(model.input), schedules_(schedules), steps_(steps), success_(steps.success_probability) {}

    void plan() {
        if (input_.kind == InputKind::bernoulli) {
            steps_.bytes = reading("image", halide_type_of<uint8_t>(),
                                   success_ ? "success_probability" : "bernoulli_states", true);
            steps_.floats =
                success_ ? unchanged()
                         : reading("probability", halide_type_of<float>(), "probability_states", false);
            return;
        }
        if (input_.takes_bytes()) {
            steps_.bytes = reading("image", halide_type_of<uint8_t>(), "pixel_values", true);
            bind_scaling(steps_.bytes);
        }
        if (is_scaled()) {
            steps_.floats = reading("features", halide_type_of<float>(), "channel_affine", !steps_.bytes);
            bind_scaling(steps_.floats);
        } else {
            steps_.floats = unchanged();
        }
    }

private:
    bool on_device() const { return steps_.device != "cpu"; }
    Shape batch_shape() const { return {steps_.batch, input_.height, input_.width, input_.colors}; }

    bool is_scaled() const {
        for (int color = 0; color < input_.colors; color++) {
            if (input_.scale_of(color) != 1 || input_.offset_of(color) != 0) {
                return true;
            }
        }
        return false;
    }

    void keep(const Tensor &tensor) {
        steps_.owned.push_back(tensor);
        if (on_device()) {
            steps_.mirrors->add(tensor);
        }
    }

    // The numbers are copied to where the first layer reads.
    static Entry unchanged() { return {}; }

    // Bytes are read in place on the CPU; floats, which have to be checked, and what goes to a device are
    // copied.
    std::optional<Entry> reading(const std::string &argument, halide_type_t type, const std::string &op,
                                 bool needed) {
        const Kernel *kernel = needed ? &need_kernel(op, schedules_) : find_kernel(op, schedules_);
        if (!kernel) {
            return std::nullopt;
        }
        Entry entry{{}, Step(*kernel, -1, steps_.mirrors.get())};
        const bool in_place = type == halide_type_of<uint8_t>() && !on_device();
        if (!in_place) {
            entry.staged = make_tensor(type, batch_shape());
            keep(entry.staged);
        }
        const Shape shape = batch_shape();
        entry.step->bind(argument, Activation{steps_.batch,
                                              {shape[1], shape[2], 1, shape[3]},
                                              in_place ? view_tensor(type, nullptr, shape) : entry.staged});
        entry.step->bind_output(steps_.input);
        return entry;
    }

    Tensor per_color(double (Input::*number)(int) const) {
        Tensor tensor = make_tensor<float>({input_.colors});
        for (int color = 0; color < input_.colors; color++) {
            static_cast<float *>(tensor.data())[color] = static_cast<float>((input_.*number)(color));
        }
        keep(tensor);
        return tensor;
    }

    void bind_scaling(std::optional<Entry> &entry) {
        if (entry) {
            entry->step->bind("slope", per_color(&Input::scale_of));
            entry->step->bind("offset", per_color(&Input::offset_of));
        }
    }

    const Input &input_;
    const std::vector<std::string> &schedules_;
    Steps &steps_;
    const bool success_;
};

}  // namespace

void plan_entries(const Model &model, const std::vector<std::string> &schedules, Steps &steps) {
    Entries(model, schedules, steps).plan();
    for (std::optional<Entry> *entry : {&steps.bytes, &steps.floats}) {
        if (*entry && (*entry)->step) {
            (*entry)->step->check();
        }
    }
}

}  // namespace fsd
