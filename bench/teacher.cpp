// bench_teacher: what students beside their teachers take, seconds of one thread as JSON;
// bench/rivals/teacher.py runs it beside NumPy.
#include "bench/best_time.h"
#include "runtime/call.h"
#include "runtime/threads.h"
#include "toolkit/analysis/class_means.h"
#include "toolkit/analysis/teacher/matching.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <map>
#include <random>
#include <string>

using namespace fsd;
using namespace fsd::analysis;
using fsd::bench::best_time;

namespace {

template<typename Number>
Tensor drawn(const Shape &shape) {
    Tensor tensor = make_tensor<Number>(shape);
    std::mt19937 random(1);
    std::normal_distribution<Number> normal;
    std::generate_n(static_cast<Number *>(tensor.data()), tensor.number_of_elements(),
                    [&] { return normal(random); });
    return tensor;
}

// A kernel on drawn float64 tensors.
double time_of(const char *kernel, const std::map<std::string, Shape> &shapes) {
    Call call(need_kernel(kernel, {"tuned", "cpu"}));
    for (const auto &[name, shape] : shapes) {
        call.set(name, drawn<double>(shape));
    }
    return best_time([&] { call(); });
}

// 64 regions with 4 children each, 8 states, 64 nodes.
const std::map<std::string, Shape> edges = {
    {"transition", {64, 4, 8, 8}}, {"child_feature", {64, 4, 8, 64}}, {"edge_weight", {64, 4, 64, 64}}};

std::map<std::string, Shape> with(std::map<std::string, Shape> shapes,
                                  const std::map<std::string, Shape> &more) {
    shapes.insert(more.begin(), more.end());
    return shapes;
}

}  // namespace

int main() {
    set_threads(1);
    nlohmann::ordered_json seconds;
    const Tensor teacher = drawn<float>({10000, 512}), student = drawn<float>({10000, 512});
    seconds["activation_correlation_10000x512x512"] =
        best_time([&] { activation_correlations(teacher, student); });
    seconds["expanded_forward_64x4x8x64"] =
        time_of("expanded_forward", with(edges, {{"state_gate", {64, 8, 64}},
                                                 {"expanded_preactivation", {64, 8, 64}},
                                                 {"expanded_feature", {64, 8, 64}}}));
    seconds["expanded_backward_64x4x8x64"] =
        time_of("expanded_backward", with(edges, {{"child_gate", {64, 4, 8, 64}},
                                                  {"d_expanded", {64, 8, 64}},
                                                  {"d_child_expanded", {64, 4, 8, 64}},
                                                  {"d_edge_weight", {64, 4, 64, 64}}}));
    seconds["gated_recursion_64x100x100"] = time_of("gated_recursion", {{"next_relation", {64, 100, 100}},
                                                                        {"student_weight", {100, 100}},
                                                                        {"teacher_weight", {100, 100}},
                                                                        {"student_gate", {64, 100}},
                                                                        {"teacher_gate", {64, 100}},
                                                                        {"relation", {64, 100, 100}}});
    const Matrix values = Matrix::Random(60000, 128);
    std::vector<int> labels(60000);
    for (std::size_t sample = 0; sample < labels.size(); sample++) {
        labels[sample] = static_cast<int>(sample * 7 % 10);
    }
    seconds["class_means_60000x128"] = best_time([&] { class_means(values, labels, 10); });
    std::cout << seconds.dump(2) << '\n';
}
