// Reads the arguments, infers the shapes of the outputs from the op's signature, calls the kernel, writes.
#include "toolkit/kernel_runs/kernel_run.h"

#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/kernel_runs/argument_shapes.h"
#include "toolkit/kernel_runs/scalar_arguments.h"
#include "toolkit/npy/convert.h"
#include "toolkit/npy/npy.h"
#include "toolkit/system/file_roles.h"
#include "toolkit/system/number_text.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

// NaN, +inf, and -inf where it is no log-probability. Returns the number of such elements.
std::size_t non_finite(const Tensor &tensor, bool logarithms, std::size_t &first) {
    if (tensor.type() != halide_type_of<float>()) {
        return 0;
    }
    const auto *values = static_cast<const float *>(tensor.data());
    std::size_t found = 0;
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        if (!std::isfinite(values[i]) && !(logarithms && values[i] == -INFINITY)) {
            first = found++ ? first : i;
        }
    }
    return found;
}

std::size_t nan_count(const Tensor &tensor) {
    if (tensor.type() != halide_type_of<float>()) {
        return 0;
    }
    const auto *values = static_cast<const float *>(tensor.data());
    return std::count_if(values, values + tensor.number_of_elements(),
                         [](float value) { return std::isnan(value); });
}

class Run {
public:
    explicit Run(const KernelRun &wanted)
        : wanted_(wanted),
          signature_(signature_of(wanted.op)),
          kernel_(need_kernel(wanted.op, {wanted.schedule})),
          call_(kernel_),
          given_(wanted.arguments),
          outputs_(wanted.outputs) {}

    KernelRunResult operator()() {
        check_names();
        check_outputs(roles("--arg ", given_), roles("--out ", outputs_));
        for_each(halide_argument_kind_input_buffer, [this](const auto &argument) { read(argument); });
        for_each(halide_argument_kind_input_scalar, [this](const auto &argument) { set_scalar(argument); });
        for (const auto &[name, shape] : wanted_.shapes) {
            unify(signature_, name, shape, extents_);
        }
        if (signature_.derive) {
            signature_.derive(extents_);
        }
        for_each(halide_argument_kind_output_buffer, [this](const auto &argument) { allocate(argument); });
        call_();
        check_results();
        return write_results();
    }

private:
    template<typename Action>
    void for_each(int kind, Action action) {
        for (int i = 0; i < kernel_.about->num_arguments; i++) {
            if (kernel_.about->arguments[i].kind == kind) {
                action(kernel_.about->arguments[i]);
            }
        }
    }

    std::string names(bool outputs) {
        std::string known;
        for (int i = 0; i < kernel_.about->num_arguments; i++) {
            const halide_filter_argument_t &argument = kernel_.about->arguments[i];
            if ((argument.kind == halide_argument_kind_output_buffer) == outputs) {
                known += (known.empty() ? "" : ", ") + std::string(argument.name);
            }
        }
        return known;
    }

    bool is_argument(const std::string &name, bool output) {
        for (int i = 0; i < kernel_.about->num_arguments; i++) {
            const halide_filter_argument_t &argument = kernel_.about->arguments[i];
            if (name == argument.name) {
                return (argument.kind == halide_argument_kind_output_buffer) == output;
            }
        }
        return false;
    }

    static std::vector<FileRole> roles(const std::string &option,
                                       const std::map<std::string, std::string> &assignments) {
        std::vector<FileRole> roles;
        for (const auto &[name, path] : assignments) {
            roles.push_back({option + name, path});
        }
        return roles;
    }

    void check_names() {
        for (const auto &[name, value] : given_) {
            if (!is_argument(name, false)) {
                throw Error(ExitCode::usage, text("The operator ", wanted_.op, " has no input '", name,
                                                  "'; it takes ", names(false), "."));
            }
        }
        for (const auto &[name, path] : outputs_) {
            if (!is_argument(name, true)) {
                throw Error(ExitCode::usage, text("The operator ", wanted_.op, " has no output '", name,
                                                  "'; it gives ", names(true), "."));
            }
        }
        if (outputs_.empty()) {
            throw Error(ExitCode::usage, text("Nothing would be kept: name an output of ", wanted_.op, " (",
                                              names(true), ") by --out name=file.npy."));
        }
    }

    const std::string &path_of(const char *name) {
        const auto found = given_.find(name);
        if (found == given_.end()) {
            throw Error(ExitCode::usage, text("The argument '", name, "' of ", wanted_.op,
                                              " was not given; add --arg ", name, "=file.npy."));
        }
        return found->second;
    }

    void read(const halide_filter_argument_t &argument) {
        const std::string &path = path_of(argument.name);
        const Converted input =
            converted(read_npy(path), argument.type, text("The argument '", argument.name, "'"));
        if (input.rounded > 0) {
            wanted_.note(text("'", path, "': ", input.rounded, " of ", input.tensor.number_of_elements(),
                              " values were rounded to float32."));
        }
        check_finite(argument.name, path, input.tensor);
        const ArgumentSignature &meant = argument_of(signature_, argument.name);
        const Shape shape = matched(signature_, meant, shape_of(input.tensor), spelling_);
        unify(signature_, argument.name, shape, extents_);
        inputs_.push_back(input.tensor);
        call_.set(argument.name, reshaped(input.tensor, shape));
    }

    void check_finite(const std::string &name, const std::string &path, const Tensor &tensor) {
        const bool logarithms = name.compare(0, 3, "log") == 0;
        std::size_t first = 0;
        const std::size_t found = non_finite(tensor, logarithms, first);
        if (found > 0 && !wanted_.allow_non_finite) {
            throw Error(
                ExitCode::bad_input,
                text("The file '", path, "' for the argument '", name, "' holds ", found,
                     " values that are no numbers (the first is element ", first, ": ",
                     static_cast<const float *>(tensor.data())[first],
                     "); remove them, or run with --allow-non-finite to see what the kernel makes of them."));
        }
    }

    void set_scalar(const halide_filter_argument_t &argument) {
        const auto found = given_.find(argument.name);
        const std::optional<double> value =
            found == given_.end() ? default_of(argument.name) : finite_number(found->second);
        if (!value && found == given_.end()) {
            throw Error(ExitCode::usage, text("The argument '", argument.name, "' of ", wanted_.op,
                                              " was not given; add --arg ", argument.name, "=number."));
        }
        if (!value) {
            throw Error(ExitCode::usage, text("The argument '", argument.name, "' of ", wanted_.op,
                                              " is a finite number; found '", found->second, "'."));
        }
        check_scalar(wanted_.op, argument.name, *value);
        call_.set(argument.name, *value);
        if (argument.type.code != halide_type_float) {
            extents_[argument.name] = static_cast<int>(*value);
        }
    }

    Shape output_shape(const halide_filter_argument_t &argument) {
        try {
            return shape_of(signature_, argument.name, extents_);
        } catch (const Error &error) {
            std::string axes;
            for (const std::string &axis : argument_of(signature_, argument.name).axes) {
                axes += (axes.empty() ? "" : ",") + axis;
            }
            throw Error(error.code(), text(error.what(), " Add --shape ", argument.name, '=', axes,
                                           " with a number for each axis."));
        }
    }

    void allocate(const halide_filter_argument_t &argument) {
        const Shape shape = output_shape(argument);
        if (std::any_of(shape.begin(), shape.end(), [](int extent) { return extent < 1; })) {
            throw Error(ExitCode::bad_input,
                        text("The output '", argument.name, "' of ", wanted_.op, " would have the shape ",
                             to_string(shape), ": the inputs are too small for the window."));
        }
        results_.emplace(argument.name, make_tensor(argument.type, shape));
        call_.set(argument.name, results_.at(argument.name));
    }

    void check_results() {
        for (const auto &[name, result] : results_) {
            const std::size_t found = nan_count(result);
            if (found > 0 && !wanted_.allow_non_finite) {
                throw Error(
                    ExitCode::bad_input,
                    text("The result '", name, "' of ", wanted_.op, " holds ", found,
                         " NaN: the inputs are not what the operator is defined for ('fsdnet kernels ",
                         wanted_.op, "' tells); --allow-non-finite writes it all the same."));
            }
            if (found > 0) {
                wanted_.note(text("The result '", name, "' holds ", found, " NaN."));
            }
        }
    }

    KernelRunResult write_results() {
        KernelRunResult written{kernel_.name, {}};
        std::vector<OutputFile> files;
        for (const auto &[name, path] : outputs_) {
            const Tensor &result = results_.at(name);
            const Shape shape = spelled(argument_of(signature_, name), shape_of(result), spelling_);
            files.push_back({path, npy_bytes(result, shape)});
            written.outputs.push_back({name, path, result.type(), shape});
        }
        write_files(files);
        return written;
    }

    const KernelRun &wanted_;
    const Signature &signature_;
    const Kernel &kernel_;
    Call call_;
    const std::map<std::string, std::string> &given_, &outputs_;
    Extents extents_;
    Spelling spelling_;
    std::vector<Tensor> inputs_;  // kept alive until the kernel has run
    std::map<std::string, Tensor> results_;
};

}  // namespace

KernelRunResult run_kernel(const KernelRun &wanted) {
    const auto has_op = [&](const Kernel &kernel) { return kernel.op == wanted.op; };
    if (std::none_of(kernels().begin(), kernels().end(), has_op)) {
        throw Error(ExitCode::usage,
                    text("There is no operator '", wanted.op, "'; 'fsdnet kernels' lists all."));
    }
    Run run(wanted);
    return run();
}

}  // namespace fsd
