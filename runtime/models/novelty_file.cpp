// Shapes first, then numbers.
#include "runtime/models/novelty_file.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/constraint.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/system/floating_point.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr const char *mean_name = "novelty/mean", *precision_name = "novelty/precision",
                     *scores_name = "novelty/scores";

[[noreturn]] void refuse(const std::string &name, const std::string &sentence) {
    throw Error(ExitCode::bad_input, text("tensor ", quoted(name), ": ", sentence));
}

int count_of_normalized(const Model &model) {
    return static_cast<int>(std::count_if(model.layers.begin(), model.layers.end(), [](const Layer &layer) {
        return layer_kind(layer.op).gives_posterior;
    }));
}

void check_shape(const std::string &name, const std::string &type, const Shape &found, const Shape &wanted) {
    if (type != "F32" || found != wanted) {
        refuse(name, text("the model's classes and normalized layers need F32 of shape ", to_string(wanted),
                          "; found ", type, " of shape ", to_string(found), "."));
    }
}

// mean, precision, scores; any number of scores from 1 up.
std::vector<std::pair<std::string, Shape>> shapes_for(const Model &model, const Shape &scores) {
    const int classes = static_cast<int>(model.classes.size()), layers = count_of_normalized(model);
    if (classes == 0 || layers == 0) {
        refuse(mean_name, "only networks with classes and normalized layers have a novelty.");
    }
    return {{mean_name, {classes, layers}},
            {precision_name, {classes, layers, layers}},
            {scores_name, {scores.size() == 1 ? std::max(scores[0], 1) : 1}}};
}

// The Cholesky decomposition of a symmetric matrix exists just if it is positive definite.
bool is_positive_definite(const float *matrix, int size) {
    std::vector<double> root(static_cast<std::size_t>(size) * size);
    const auto at = [&](int i, int k) -> double & { return root[static_cast<std::size_t>(i) * size + k]; };
    for (int i = 0; i < size; i++) {
        for (int k = 0; k <= i; k++) {
            double rest = matrix[static_cast<std::ptrdiff_t>(i) * size + k];
            for (int j = 0; j < k; j++) {
                rest -= at(i, j) * at(k, j);
            }
            if (i == k && !(rest > 0)) {
                return false;
            }
            at(i, k) = i == k ? std::sqrt(rest) : rest / at(k, k);
        }
    }
    return true;
}

bool is_symmetric(const float *matrix, int size) {
    for (std::ptrdiff_t i = 0; i < size; i++) {
        for (std::ptrdiff_t k = 0; k < i; k++) {
            if (matrix[i * size + k] != matrix[k * size + i]) {
                return false;
            }
        }
    }
    return true;
}

void check_precisions(const Novelty &novelty) {
    const int layers = novelty.layers();
    const auto *matrix = static_cast<const float *>(novelty.precision.data());
    for (int label = 0; label < novelty.classes(); label++, matrix += std::ptrdiff_t(layers) * layers) {
        if (!is_symmetric(matrix, layers) || !is_positive_definite(matrix, layers)) {
            refuse(precision_name,
                   text("the matrix of class ", label, " is not symmetric and positive definite."));
        }
    }
}

}  // namespace

std::map<std::string, Tensor> novelty_tensors(const Novelty &novelty) {
    return {{mean_name, novelty.mean}, {precision_name, novelty.precision}, {scores_name, novelty.scores}};
}

bool is_novelty_tensor(const std::string &name) {
    return name == mean_name || name == precision_name || name == scores_name;
}

std::optional<Novelty> read_novelty(const SafetensorsFile &file, const Model &model) {
    const std::map<std::string, StoredTensor> &stored = file.tensors();
    if (std::none_of(stored.begin(), stored.end(),
                     [](const auto &entry) { return is_novelty_tensor(entry.first); })) {
        return std::nullopt;
    }
    const auto scores = stored.find(scores_name);
    const Shape scores_shape =
        scores == stored.end() ? Shape{} : Shape(scores->second.shape.begin(), scores->second.shape.end());
    std::map<std::string, Tensor> tensors;
    for (const auto &[name, shape] : shapes_for(model, scores_shape)) {
        const auto found = stored.find(name);
        if (found == stored.end()) {
            refuse(name, "is missing; the file has other tensors of a novelty.");
        }
        const StoredTensor &tensor = found->second;
        check_shape(name, tensor.type, Shape(tensor.shape.begin(), tensor.shape.end()), shape);
        tensors[name] = make_tensor(halide_type_of<float>(), shape);
        file.read(tensor, tensors[name].data());
    }
    return Novelty{tensors[mean_name], tensors[precision_name], tensors[scores_name]};
}

void check_novelty(const Model &model) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const Novelty &novelty = *model.novelty;
    std::map<std::string, Tensor> tensors = novelty_tensors(novelty);
    for (const auto &[name, shape] : shapes_for(model, shape_of(novelty.scores))) {
        const Tensor &tensor = tensors.at(name);
        check_shape(name, tensor.type() == halide_type_of<float>() ? "F32" : to_string(tensor.type()),
                    shape_of(tensor), shape);
        finite()("tensor " + quoted(name), tensor);
    }
    check_precisions(novelty);
    const auto *const first = static_cast<const float *>(novelty.scores.data());
    if (first[0] < 0 || !std::is_sorted(first, first + novelty.images())) {
        refuse(scores_name, "scores must be 0 or more and ascend.");
    }
}

}  // namespace fsd
