// A chain's value has few forms: a map with its channels first or last, a row of sites, or one flat axis.
#include "toolkit/onnx/import/operators/axes.h"

#include "runtime/models/model_limits.h"

namespace fsd {
namespace {

using Axes = std::vector<int64_t>;

// Tries a form; keeps it where it has the axes.
bool takes(ImportChain &chain, const Axes &wanted, AxisOrder order, bool has_rows) {
    ImportChain form;
    form.height = chain.height;
    form.width = chain.width;
    form.channels = chain.channels;
    form.order = order;
    form.has_rows = has_rows;
    if (form.axes() != wanted || (!has_rows && chain.height != 1)) {
        return false;
    }
    chain.order = order;
    chain.has_rows = has_rows;
    return true;
}

// A vector that becomes an image of one color before any layer has seen it was one from the beginning.
bool becomes_image(ImportChain &chain, const Axes &wanted) {
    if (!chain.model.layers.empty() || chain.model.input.kind != InputKind::vector || wanted.size() != 3 ||
        wanted[0] != 1 || wanted[1] > most_extent || wanted[2] > most_extent ||
        wanted[1] * wanted[2] != chain.numbers() || chain.model.input.scale.size() != 1 ||
        chain.model.input.offset.size() > 1) {
        return false;
    }
    Input &input = chain.model.input;
    input.kind = InputKind::real;
    chain.height = input.height = static_cast<int>(wanted[1]);
    chain.width = input.width = static_cast<int>(wanted[2]);
    chain.channels = input.colors = 1;
    chain.order = AxisOrder::channels_first;
    chain.has_rows = true;
    return true;
}

}  // namespace

std::string axes_text(const Axes &axes) {
    std::string out = "[sample";
    for (const int64_t axis : axes) {
        out += ", " + std::to_string(axis);
    }
    return out + "]";
}

void give_axes(ImportChain &chain, const OnnxNode &node, const Axes &wanted) {
    if (wanted == chain.axes()) {
        return;
    }
    const bool was_map = chain.is_map();
    // The order of the numbers stays: channels first or last, whichever it was; both where there is one site
    // or one channel.
    const bool either = chain.is_one_site() || chain.channels == 1;
    const bool last = was_map ? chain.order == AxisOrder::channels_last : chain.flat_from_channels_last;
    for (const bool rows : {true, false}) {
        if (((either || !last) && takes(chain, wanted, AxisOrder::channels_first, rows)) ||
            ((either || last) && takes(chain, wanted, AxisOrder::channels_last, rows))) {
            return;
        }
    }
    if (was_map && takes(chain, wanted, AxisOrder::flat, chain.has_rows)) {
        chain.flat_from_channels_last = last;
        return;
    }
    if (!becomes_image(chain, wanted)) {
        node.refuse(text("it makes axes ", axes_text(wanted), " of ", axes_text(chain.axes()),
                         "; a chain holds a map [sample, channel, y, x] or [sample, y, x, channel], or its "
                         "numbers in one axis."));
    }
}

void append_new_axes(ImportChain &chain, const OnnxNode &node, NewAxes new_axes) {
    Axes axes = chain.axes();
    axes.insert(axes.begin(), 0);  // the samples, of which nobody knows how many
    if (!chain.known) {
        node.ignore("axes");
        return;
    }
    if (const auto wanted = new_axes(node, axes, 1)) {
        give_axes(chain, node, {wanted->begin() + 1, wanted->end()});
    }
}

std::optional<OnnxConstant> fold_new_axes(const OnnxNode &node, NewAxes new_axes) {
    const auto constant = folded_input(node);
    const auto axes = constant ? new_axes(node, constant->shape, 0) : std::nullopt;
    return axes ? with_axes(node, *constant, *axes) : std::nullopt;
}

}  // namespace fsd
