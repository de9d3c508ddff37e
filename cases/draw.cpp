// Random inputs by domain, and their placement in memory.
#include "cases/draw.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <stdexcept>

namespace fsd::testing {
namespace {

using Random = std::mt19937;

constexpr unsigned char sentinel = 0xa5;

// A row on the simplex: exponents of normals whose spread differs from row to row, so that flat, ordinary and
// sharp distributions all occur; one row in four has an exact zero.
void draw_distribution(double *row, int states, bool zeros, Random &random) {
    const double spreads[] = {0.1, 1, 3, 10};
    const double spread = spreads[random() % 4];
    std::normal_distribution<double> normal;
    for (int s = 0; s < states; s++) {
        row[s] = std::exp(spread * normal(random));
    }
    if (zeros && states > 1 && random() % 4 == 0) {
        row[random() % states] = 0;
    }
    const double sum = std::accumulate(row, row + states, 0.0);
    for (int s = 0; s < states; s++) {
        row[s] /= sum;
    }
}

void draw_rows(Values &values, bool logarithm, Random &random) {
    const int states = values.shape.back();
    for (std::size_t row = 0; row + states <= values.data.size(); row += states) {
        draw_distribution(&values.data[row], states, !logarithm, random);
        if (logarithm) {
            std::transform(&values.data[row], &values.data[row] + states, &values.data[row],
                           [](double p) { return std::log(std::max(p, 1e-30)); });
        }
    }
}

void draw_tensor(Values &values, Domain domain, int classes, Random &random) {
    std::normal_distribution<double> normal;
    switch (domain) {
    case Domain::probability:
    case Domain::log_probability:
        draw_rows(values, domain == Domain::log_probability, random);
        return;
    case Domain::logits:
    case Domain::gradient:
        for (double &value : values.data) {
            value = normal(random) * (domain == Domain::logits ? 3 : 1);
        }
        return;
    case Domain::positive:
        for (double &value : values.data) {
            value = std::exp(normal(random));
        }
        return;
    case Domain::bytes:
        for (double &value : values.data) {
            value = static_cast<double>(random() % 256);
        }
        return;
    case Domain::labels:
        for (double &value : values.data) {
            value = static_cast<double>(random() % classes);
        }
        return;
    }
}

// The type of an op's argument, as its kernels say; float32 where none is linked.
halide_type_t type_of(const std::string &op, const std::string &name) {
    for (const Kernel &kernel : kernels()) {
        for (int i = 0; kernel.op == op && i < kernel.about->num_arguments; i++) {
            if (kernel.about->arguments[i].name == name) {
                return kernel.about->arguments[i].type;
            }
        }
    }
    return halide_type_of<float>();
}

void round_to_type(Values &values, const halide_type_t &type) {
    if (type == halide_type_of<float>()) {
        for (double &value : values.data) {
            value = static_cast<float>(value);
        }
    }
}

bool is_output(const halide_filter_argument_t &argument) {
    return argument.kind == halide_argument_kind_output_buffer;
}

// Calls visit(element index in C order, address).
template<typename Visit>
void for_each_element(const Tensor &tensor, Visit visit) {
    const Shape shape = shape_of(tensor);
    const int axes = tensor.dimensions();
    std::vector<int> index(shape.size());
    const std::size_t count = element_count(shape);
    for (std::size_t element = 0; element < count; element++) {
        std::ptrdiff_t offset = 0;
        for (int axis = 0; axis < axes; axis++) {
            offset += static_cast<std::ptrdiff_t>(index[axis]) * tensor.dim(axes - 1 - axis).stride();
        }
        visit(element,
              static_cast<char *>(const_cast<void *>(tensor.data())) + offset * tensor.type().bytes());
        for (int axis = axes - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
            index[axis] = 0;
        }
    }
}

void write(double value, const halide_type_t &type, void *place) {
    if (type == halide_type_of<float>()) {
        *static_cast<float *>(place) = static_cast<float>(value);
    } else if (type == halide_type_of<double>()) {
        *static_cast<double *>(place) = value;
    } else if (type == halide_type_of<uint8_t>()) {
        *static_cast<uint8_t *>(place) = static_cast<uint8_t>(value);
    } else if (type == halide_type_of<int8_t>()) {
        *static_cast<int8_t *>(place) = static_cast<int8_t>(value);
    } else if (type == halide_type_of<int32_t>()) {
        *static_cast<int32_t *>(place) = static_cast<int32_t>(value);
    } else {
        throw std::logic_error("no test writes tensors of type " + to_string(type));
    }
}

double value_at(const halide_type_t &type, const void *place) {
    if (type == halide_type_of<float>()) {
        return *static_cast<const float *>(place);
    }
    if (type == halide_type_of<double>()) {
        return *static_cast<const double *>(place);
    }
    if (type == halide_type_of<uint8_t>()) {
        return *static_cast<const uint8_t *>(place);
    }
    if (type == halide_type_of<int8_t>()) {
        return *static_cast<const int8_t *>(place);
    }
    if (type == halide_type_of<int32_t>()) {
        return *static_cast<const int32_t *>(place);
    }
    throw std::logic_error("no test reads tensors of type " + to_string(type));
}

}  // namespace

Problem outline(const Case &described, const Extents &extents) {
    const Signature &signature = signature_of(described.op);
    Problem problem{extents, described.scalars, {}};
    if (signature.derive) {
        signature.derive(problem.extents);
    }
    for (const auto &[name, domain] : described.inputs) {
        problem.tensors.emplace(name, Values(shape_of(signature, name, problem.extents)));
    }
    return problem;
}

Problem draw(const Case &described, const Extents &extents, unsigned seed) {
    Problem problem = outline(described, extents);
    Random random(seed);
    const auto classes = problem.extents.find("class");
    for (const auto &[name, domain] : described.inputs) {
        Values &values = problem.tensors.at(name);
        draw_tensor(values, domain, classes == problem.extents.end() ? 1 : classes->second, random);
        round_to_type(values, type_of(described.op, name));
    }
    if (described.prepare) {
        described.prepare(problem);
    }
    return problem;
}

Placement::Placement(const Kernel &kernel, const Problem &problem, Layout layout, Mirrors *mirrors)
    : call_(kernel, mirrors) {
    const Signature &signature = signature_of(kernel.op);
    for (int i = 0; i < kernel.about->num_arguments; i++) {
        const halide_filter_argument_t &argument = kernel.about->arguments[i];
        const std::string name = argument.name;
        if (argument.kind == halide_argument_kind_input_scalar) {
            const auto scalar = problem.scalars.find(name);
            call_.set(name, scalar != problem.scalars.end() ? scalar->second : problem.extent(name));
            continue;
        }
        lay_out(argument, shape_of(signature, name, problem.extents), layout);
        Place &place = places_[name];
        if (is_output(argument)) {
            outputs_.push_back(name);
        } else {
            const Values &values = problem[name];
            for_each_element(place.tensor, [&](std::size_t element, void *address) {
                write(values.data[element], argument.type, address);
            });
        }
        if (mirrors) {
            Mirror &mirror = mirrors->add(place.tensor);
            mirror.host_wrote(is_output(argument) ? 0 : place.tensor.number_of_elements());
        }
        call_.set(name, place.tensor);
    }
}

void Placement::lay_out(const halide_filter_argument_t &argument, const Shape &shape, Layout layout) {
    const int padding = layout == Layout::padded ? 3 : 0;
    std::vector<halide_dimension_t> dimensions;
    int stride = 1;
    for (auto extent = shape.rbegin(); extent != shape.rend(); ++extent) {
        dimensions.emplace_back(0, *extent, stride);
        stride *= *extent + (dimensions.size() == 1 ? padding : 0);
    }
    Place &place = places_[argument.name];
    const std::size_t bytes = argument.type.bytes();
    const std::size_t start = layout == Layout::padded ? bytes : 0;
    place.memory.assign(static_cast<std::size_t>(stride) * bytes + start + bytes,
                        static_cast<char>(sentinel));
    place.tensor = Tensor(argument.type, place.memory.data() + start, static_cast<int>(dimensions.size()),
                          dimensions.data());
}

Values Placement::read(const std::string &tensor) const {
    const Tensor &placed = places_.at(tensor).tensor;
    Values values(shape_of(placed));
    for_each_element(placed, [&](std::size_t element, const void *address) {
        values.data[element] = value_at(placed.type(), address);
    });
    return values;
}

bool Placement::surroundings_intact() const {
    for (const std::string &output : outputs_) {
        const Place &place = places_.at(output);
        std::vector<char> memory = place.memory;
        const char *origin = place.memory.data();
        for_each_element(place.tensor, [&](std::size_t, const void *address) {
            std::memset(memory.data() + (static_cast<const char *>(address) - origin), sentinel,
                        place.tensor.type().bytes());
        });
        if (std::any_of(memory.begin(), memory.end(),
                        [](char byte) { return byte != static_cast<char>(sentinel); })) {
            return false;
        }
    }
    return true;
}

}  // namespace fsd::testing
