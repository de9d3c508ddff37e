// From the result backwards; ONNX demands that nodes stand behind those whose values they read.
#include "toolkit/onnx/import/live_nodes.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"

#include <algorithm>

namespace fsd {
namespace {

[[noreturn]] void refuse(const std::string &value, const std::string &sentence) {
    throw Error(ExitCode::bad_input,
                text("The graph is none that ONNX allows: the value ", fsd::quoted(value), " ", sentence));
}

void check_order(const OnnxSource &source) {
    std::set<std::string> given;
    for (const auto &[name, constant] : source.constants) {
        given.insert(name);
    }
    for (const OnnxSourceValue &input : source.inputs) {
        given.insert(input.name);
    }
    for (const OnnxSourceNode &node : source.nodes) {
        for (const std::string &input : node.inputs) {
            if (!input.empty() && given.count(input) == 0) {
                refuse(input, text("is read by ", node.described(), " before anything gives it."));
            }
        }
        for (const std::string &output : node.outputs) {
            if (!output.empty() && !given.insert(output).second) {
                refuse(output, "is given twice.");
            }
        }
    }
    for (const OnnxSourceValue &output : source.outputs) {
        if (given.count(output.name) == 0) {
            refuse(output.name, "is a result that nothing gives.");
        }
    }
}

}  // namespace

LiveGraph live_graph(const OnnxSource &source, const std::string &result) {
    check_order(source);
    LiveGraph live;
    live.values.insert(result);
    for (auto node = source.nodes.rbegin(); node != source.nodes.rend(); ++node) {
        const bool needed =
            std::any_of(node->outputs.begin(), node->outputs.end(), [&](const std::string &output) {
                return !output.empty() && live.values.count(output) > 0;
            });
        if (needed) {
            live.nodes.push_back(&*node);
            live.values.insert(node->inputs.begin(), node->inputs.end());
        }
    }
    std::reverse(live.nodes.begin(), live.nodes.end());
    for (const OnnxSourceValue &input : source.inputs) {
        if (live.values.count(input.name) > 0) {
            live.inputs.push_back(&input);
        }
    }
    return live;
}

}  // namespace fsd
