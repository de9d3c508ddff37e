// Chains the stages of the layers.
#include "compiler/network_stages.h"

#include "runtime/layers/folding.h"

#include <algorithm>
#include <cstring>

namespace fsd::compiler {
namespace {

using Halide::Expr;

// Functions of numbers that gave larger ones the same or larger results may as well be taken of the largest
// one of a window: there are fewer of these.
bool may_change_places(const Model &model, std::size_t index) {
    return index + 1 < model.layers.size() && stage_kind(model, index).keeps_order &&
           stage_kind(model, index + 1).takes_largest;
}

// Extents and strides of dense numbers, of any number of samples.
template<typename Buffer>
void bound(Buffer buffer, int channels, int width, int height) {
    buffer.dim(0).set_bounds(0, channels).set_stride(1);
    buffer.dim(1).set_bounds(0, width).set_stride(channels);
    buffer.dim(2).set_bounds(0, height).set_stride(channels * width);
    buffer.dim(3).set_min(0).set_stride(channels * width * height);
}

}  // namespace

NetworkStages::NetworkStages(const Model &description, InputNumbers input, Halide::Type integer,
                             bool on_device, const Piece &piece, std::vector<uint8_t> packed)
    : image(input == InputNumbers::bytes ? Halide::Type(Halide::UInt(8)) : Halide::Float(32), 4, "image"),
      numbers{{Halide::Float(32), 1, "numbers"}, {}},
      results(result_size(description)),
      is_last(piece.end == description.layers.size()),
      packed_numbers(std::move(packed)),
      on_device_(on_device),
      piece_(piece) {
    if (integer.bits() > 1) {
        numbers.integers = Halide::ImageParam(integer, 1, "integers");
    }
    const auto &[height, width, colors] = description.input.extents();
    const StageMap &before = piece.entering;
    piece.first == 0 ? bound(image, colors, width, height)
                     : bound(image, before.channels(), before.width, before.height);
    if (piece.first > 0 || !is_last) {
        image.dim(3).set_bounds(0, 1);
    }
}

NetworkStages::NetworkStages(const Model &model, const NetworkForm &form, const Piece &piece,
                             std::vector<uint8_t> packed)
    : NetworkStages(model, piece.first == 0 ? form.input : InputNumbers::floats, Halide::Bool(),
                    form.device_lanes > 0, piece, std::move(packed)) {
    const bool is_masked = form.entry == EntryForm::masked, is_judged = form.entry == EntryForm::judge;
    const bool success = !is_masked && reads_success_probability(model);
    const SumForm sums =
        form.device_lanes == 0
            ? SumForm()
            : SumForm{form.device_lanes, form.by_sample ? Expr(1) : Expr(image.dim(3).extent())};
    const auto number_of = [&](const std::vector<float> &list, const Expr &channel) {
        return channel_number(list, channel);
    };
    StageMap map = piece.first > 0 ? entering_map() : input_map(model.input, image, success, number_of);
    if (is_masked) {
        map = observed_part(map);
    }
    define(model, map, [&](LayerPart part, const StageKind *rows, const StageMap &from) {
        part.reads_success_probability = success && part.index == 0;
        part.wants_evidence = is_judged;
        return std::make_unique<EvidenceBlock>(part, rows, from, numbers.floats, pack(), sums);
    });
    if (is_judged) {
        define_judge(*model.novelty);
    }
    bound_numbers();
}

NetworkStages::NetworkStages(const QuantizedNetwork &network, const Products &products, const Piece &piece,
                             std::vector<uint8_t> packed)
    : NetworkStages(network.description, piece.first == 0 ? InputNumbers::bytes : InputNumbers::floats,
                    Halide::Int(products.of_bytes ? 8 : 16), false, piece, std::move(packed)) {
    const Model &description = network.description;
    const QuantizedLayer &first = network.layers.front();
    const StageMap map = piece.first > 0    ? entering_map()
                         : first.index == 0 ? byte_map(description.input, image, first.takes_log_odds())
                                            : input_map(description.input, image, false, nullptr);
    std::size_t k = 0;
    while (network.layers[k].index < piece.first) {
        k++;
    }
    define(description, map, [&](const LayerPart &, const StageKind *rows, const StageMap &from) {
        return std::make_unique<EvidenceBlock>(network, k++, *rows, from, products, numbers, pack());
    });
    bound_numbers();
}

void NetworkStages::define(const Model &description, StageMap map, const MakeBlock &make_block) {
    sections.emplace_back();
    for (std::size_t index = piece_.first; index < piece_.end;) {
        index += define_layers(description, index, map, make_block);
    }
    leaving = map;
    if (!is_last) {
        const Halide::Var channel{"channel"}, x{"x"}, y{"y"};
        result(channel, x, y, sample) = map.values(channel, x, y, sample);
        bound(result.output_buffer(), map.channels(), map.width, map.height);
        result.output_buffer().dim(3).set_bounds(0, 1);
        return;
    }
    result(number, sample) = map.values(number, 0, 0, sample);
    result.output_buffer().dim(0).set_bounds(0, results);
    result.output_buffer().dim(1).set_min(0).set_stride(results);
}

// What the piece in front of this one gave.
StageMap NetworkStages::entering_map() {
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"};
    StageMap map = piece_.entering;
    map.values = Halide::Func("entering");
    map.values(channel, x, y, sample) = image(channel, x, y, sample);
    return map;
}

// Defines the layers from `index` on that are stages together; returns how many.
std::size_t NetworkStages::define_layers(const Model &description, std::size_t index, StageMap &map,
                                         const MakeBlock &make_block) {
    const StageKind &kind = stage_kind(description, index);
    if (kind.linear) {
        return define_block(description, index, map, make_block);
    }
    if (may_change_places(description, index)) {
        define_pool(description, index + 1, map);
        define_element(description, index, map);
        return 2;
    }
    if (kind.element) {
        define_element(description, index, map);
    } else if (kind.pool) {
        define_pool(description, index, map);
    } else {
        sections.emplace_back();
        sections.back().rows = std::make_unique<RowsBlock>(kind, map);
        map = sections.back().rows->output;
    }
    return 1;
}

std::size_t NetworkStages::define_block(const Model &description, std::size_t index, StageMap &map,
                                        const MakeBlock &make_block) {
    const std::size_t count = folded_count(description, index), next = index + count;
    const StageKind *rows = next < description.layers.size() ? &stage_kind(description, next) : nullptr;
    if (rows && !rows->normalize) {
        rows = nullptr;
    }
    sections.emplace_back();
    sections.back().block = make_block({description, index, count}, rows, map);
    map = sections.back().block->output;
    return count + (rows ? 1 : 0);
}

void NetworkStages::define_element(const Model &description, std::size_t index, StageMap &map) {
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"};
    Element element{description.layers[index], map.values(channel, x, y, sample), {}};
    for (const auto &[name, tensor] : kernel_arguments(description, index, {}).tensors) {
        const auto *first = static_cast<const float *>(tensor.data());
        element.numbers[name] = channel_number({first, first + tensor.number_of_elements()}, channel);
    }
    const StageKind &kind = stage_kind(description, index);
    map.values = Halide::Func(kind.op);
    map.values(channel, x, y, sample) = kind.element(element);
    replace_last(map);
}

void NetworkStages::define_pool(const Model &description, std::size_t index, StageMap &map) {
    PoolStages pool(description.layers[index], map, on_device_);
    stage_kind(description, index).pool(pool, map);
    map = pool.output;
    sections.back().pools.push_back(std::move(pool));
}

// Makes the map what the last stages give.
void NetworkStages::replace_last(const StageMap &map) {
    Section &last = sections.back();
    if (!last.pools.empty()) {
        last.pools.back().output = map;
    } else if (last.block) {
        last.block->output = map;
    } else if (last.rows) {
        last.rows->output = map;
    }
}

// Returns where the numbers begin, in bytes; each run of them at the beginning of a vector. A run that is
// there already is taken.
int NetworkStages::append(const void *numbers, std::size_t bytes) {
    constexpr std::size_t vector = lanes_per_panel * sizeof(float);
    const std::size_t end = packed_numbers.size();
    for (std::size_t place = 0; place + bytes <= end; place += vector) {
        if (std::memcmp(packed_numbers.data() + place, numbers, bytes) == 0) {
            return static_cast<int>(place);
        }
    }
    packed_numbers.resize(end + (bytes + vector - 1) / vector * vector);
    std::memcpy(packed_numbers.data() + end, numbers, bytes);
    return static_cast<int>(end);
}

int NetworkStages::append(const Tensor &numbers) {
    return append(numbers.data(), numbers.size_in_bytes());
}

// When all of them are there.
void NetworkStages::bound_numbers() {
    for (Halide::ImageParam view : {numbers.floats, numbers.integers}) {
        if (view.defined()) {
            view.dim(0).set_bounds(0, static_cast<int>(packed_numbers.size()) / view.type().bytes());
            view.dim(0).set_stride(1);
        }
    }
}

PackNumbers NetworkStages::pack() {
    return [this](const std::vector<uint8_t> &list) { return append(list.data(), list.size()); };
}

// A number per channel; a constant where all are the same.
Expr NetworkStages::channel_number(const std::vector<float> &list, const Expr &channel) {
    if (std::all_of(list.begin(), list.end(), [&](float number) { return number == list.front(); })) {
        return list.front();
    }
    const int place = append(list.data(), list.size() * sizeof(float)) / static_cast<int>(sizeof(float));
    return numbers.floats(place + channel);
}

// Variables of which nothing was observed contribute nothing: both states are 0.
StageMap NetworkStages::observed_part(const StageMap &map) {
    const auto &bounds = image;
    mask = Halide::ImageParam(Halide::UInt(8), 4, "mask");
    for (int axis = 0; axis < 3; axis++) {
        mask.dim(axis).set_bounds(0, bounds.dim(axis).extent()).set_stride(Expr());
    }
    mask.dim(3).set_min(0);
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"};
    StageMap seen = map;
    seen.values = Halide::Func("observed_states");
    seen.values(channel, x, y, sample) =
        select(mask(channel / map.states, x, y, sample) == 0, 0.f, map.values(channel, x, y, sample));
    return seen;
}

void NetworkStages::define_judge(const Novelty &fit) {
    std::vector<Halide::Func> evidence;
    for (Section &section : sections) {
        const Normalization *rows = section.block  ? &section.block->normalization
                                    : section.rows ? &section.rows->normalization
                                                   : nullptr;
        if (rows && rows->bayes.result.defined()) {
            const StageMap &map = section.block ? section.block->output : section.rows->output;
            const bool is_pooled = !section.pools.empty() && section.pools.front().is_disjoint();
            section.evidence = std::make_unique<LayerEvidence>(
                *rows, map, is_pooled ? section.pools.front().output.height : map.height,
                is_pooled ? section.pools.front().stride_y() : 1);
            evidence.push_back(section.evidence->mean);
        }
    }
    const auto place = [&](const Tensor &tensor) { return append(tensor) / static_cast<int>(sizeof(float)); };
    judge.emplace();
    judge->define({fit, numbers.floats, place(fit.mean), place(fit.precision), place(fit.scores)}, evidence,
                  result);
    image.dim(3).set_bounds(0, 1);
    result.output_buffer().dim(1).set_bounds(0, 1);
    for (Halide::Func output : {judge->novelty, judge->p_value}) {
        output.output_buffer().dim(0).set_bounds(0, 1);
    }
}

std::vector<Halide::Func> NetworkStages::outputs() const {
    return judge ? std::vector<Halide::Func>{result, judge->novelty, judge->p_value}
                 : std::vector<Halide::Func>{result};
}

std::vector<Halide::Argument> NetworkStages::inputs() const {
    std::vector<Halide::Argument> all = {image};
    if (mask.defined()) {
        all.emplace_back(mask);
    }
    all.emplace_back(numbers.floats);
    if (numbers.integers.defined()) {
        all.emplace_back(numbers.integers);
    }
    return all;
}

}  // namespace fsd::compiler
