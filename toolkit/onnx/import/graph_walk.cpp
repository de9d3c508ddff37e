// One value at a time is the chain's; everything else is a constant, or the reason why the graph is no chain.
#include "toolkit/onnx/import/graph_walk.h"

#include "runtime/formats/json_text.h"
#include "runtime/models/model_check.h"
#include "runtime/models/model_limits.h"
#include "toolkit/onnx/import/graph_input.h"
#include "toolkit/onnx/import/operators/softmax_axis.h"
#include "toolkit/system/progress.h"

#include <algorithm>

namespace fsd {
namespace {

// The output to take; empty, and the reason noted, where several are there and none was asked for.
std::string chosen_result(const OnnxSource &source, const std::string &asked, Refusals &refusals) {
    std::string names;
    for (const OnnxSourceValue &output : source.outputs) {
        if (!output.name.empty() && (output.name == asked || (asked.empty() && source.outputs.size() == 1))) {
            return output.name;
        }
        names += (names.empty() ? "" : ", ") + fsd::quoted(output.name);
    }
    if (!asked.empty()) {
        throw Error(ExitCode::usage,
                    text("The graph has no output ", fsd::quoted(asked), " but ", names, "."));
    }
    refusals.add("the graph",
                 names.empty() ? "it has no output."
                               : text("it has the outputs ", names, "; choose one of them: --result NAME."));
    return {};
}

class Walk {
public:
    Walk(OnnxSource &source, const OnnxImportOptions &options, Refusals &refusals,
         std::vector<std::string> &notes)
        : source_(source),
          options_(options),
          refusals_(refusals),
          notes_(notes),
          constants_(source.constants) {
        for (const auto &[name, constant] : constants_) {
            left_ -= static_cast<int64_t>(constant.count());
        }
        left_ += options.most_numbers;
    }

    Model run() {
        check_operator_set();
        const std::string result = chosen_result(source_, options_.result, refusals_);
        if (result.empty()) {
            return {};
        }
        const LiveGraph live = live_graph(source_, result);
        value_ = begin_chain(chain_, live, source_, options_, refusals_);
        for (const OnnxSourceValue *input : live.inputs) {
            derived_.insert(input->name);
        }
        Progress progress("imports nodes", live.nodes.size());
        for (const OnnxSourceNode *node : live.nodes) {
            step(*node, live);
            progress.advance();
        }
        if (refusals_.empty()) {
            finish(result);
        }
        return std::move(chain_.model);
    }

private:
    void check_operator_set() {
        if (source_.operator_set < least_operator_set || source_.operator_set > most_operator_set) {
            refusals_.add("the graph",
                          text("it is written in ONNX's operator set ", source_.operator_set,
                               "; fsdnet knows ", least_operator_set, " to ", most_operator_set, "."));
        }
    }

    void step(const OnnxSourceNode &source, const LiveGraph &live) {
        const OnnxNode node(source, source.described(), constants_, source_.operator_set, refusals_);
        const bool standard = source.domain.empty() || source.domain == "ai.onnx";
        const OnnxOperator *room = standard ? find_onnx_operator(source.op) : nullptr;
        std::vector<std::size_t> inputs;  // that depend on the graph's
        for (std::size_t i = 0; i < source.inputs.size(); i++) {
            if (derived_.count(source.inputs[i]) > 0) {
                inputs.push_back(i);
            }
        }
        if (!room) {
            node.refuse(
                standard ? "fsdnet has no layer for this operator."
                         : text("it is of the domain ", fsd::quoted(source.domain), ", not of ONNX itself."));
        }
        for (std::size_t i = 1; i < source.outputs.size(); i++) {
            if (live.values.count(source.outputs[i]) > 0 && !source.outputs[i].empty()) {
                node.refuse(
                    text("its output ", fsd::quoted(source.outputs[i]), " is used; a layer has one."));
            }
        }
        if (inputs.empty()) {
            fold(node, room, source);
        } else if (room && room->of_axes) {
            take_axes(node, *room, source, inputs.front());
        } else {
            if (room) {
                append(node, *room, source, inputs);
            }
            chain_.known = chain_.known && !node.is_refused();
            value_ = source.outputs.empty() ? std::string() : source.outputs.front();
            derived_.insert(source.outputs.begin(), source.outputs.end());
        }
    }

    void keep(const OnnxNode &node, const OnnxSourceNode &source, OnnxConstant constant) {
        left_ -= static_cast<int64_t>(constant.count());
        if (left_ < 0) {
            node.refuse(
                text("with it the constants would have more than ", options_.most_numbers, " numbers."));
        } else if (!source.outputs.empty()) {
            constants_[source.outputs.front()] = std::move(constant);
        }
    }

    void fold(const OnnxNode &node, const OnnxOperator *room, const OnnxSourceNode &source) {
        if (room && !room->fold) {
            node.refuse("it computes with constants alone, which fsdnet does not do for this operator.");
            return;
        }
        std::optional<OnnxConstant> constant = room && left_ > 0 ? room->fold(node) : std::nullopt;
        if (constant) {
            keep(node, source, std::move(*constant));
        }
    }

    void take_axes(const OnnxNode &node, const OnnxOperator &room, const OnnxSourceNode &source,
                   std::size_t input) {
        if (source.inputs[input] != value_) {
            node.refuse(
                text("it reads ", fsd::quoted(source.inputs[input]), ", which the chain has left behind."));
        } else if (chain_.known) {
            keep(node, source, room.of_axes(chain_.axes(), node));
        }
    }

    void append(const OnnxNode &node, const OnnxOperator &room, const OnnxSourceNode &source,
                const std::vector<std::size_t> &inputs) {
        if (inputs.size() > 1) {
            node.refuse(
                text("it joins ", inputs.size(), " values that depend on the input; a chain has one."));
            return;
        }
        const std::string &read = source.inputs[inputs.front()];
        if (read != value_) {
            node.refuse(text("it reads ", fsd::quoted(read),
                             ", which other nodes read as well: the graph branches."));
            return;
        }
        if (!room.append) {
            node.refuse("fsdnet does it with constants only.");
            return;
        }
        room.append(chain_, node, inputs.front());
        node.finish();
    }

    // Names the classes and brings the end into a form that models have.
    void finish(const std::string &result) {
        Model &model = chain_.model;
        if (value_ != result) {
            refusals_.add("the result " + fsd::quoted(result),
                          "it is a constant, or is read by other nodes, too.");
            return;
        }
        if (ends_with_logarithm(model)) {
            notes_.push_back(
                "The Softmax at the end became log_softmax: the result is its logarithm, in nats.");
        }
        const bool posterior = gives_classes(model);
        if (!options_.classes.empty() && !posterior) {
            append_classes(model);
            notes_.push_back("A log_softmax was added behind the graph, as classes are named.");
        }
        name_classes(posterior);
        try {
            check_model(model);
        } catch (const Error &error) {
            refusals_.add("the result " + fsd::quoted(result), error.what());
        }
    }

    void name_classes(bool posterior) {
        Model &model = chain_.model;
        const auto count = static_cast<std::size_t>(chain_.numbers());
        if (!options_.classes.empty()) {
            if (options_.classes.size() != count) {
                throw Error(ExitCode::usage, text("The graph gives ", count, " numbers for a sample, but ",
                                                  options_.classes.size(), " classes are named."));
            }
            model.classes = options_.classes;
        }
        for (std::size_t i = 0; posterior && options_.classes.empty() && i < count && i < most_classes; i++) {
            model.classes.push_back(std::to_string(i));
        }
    }

    const OnnxSource &source_;
    const OnnxImportOptions &options_;
    Refusals &refusals_;
    std::vector<std::string> &notes_;
    OnnxConstants &constants_;
    int64_t left_ = 0;
    ImportChain chain_;
    std::string value_;              // the chain's last
    std::set<std::string> derived_;  // values that depend on the graph's input
};

}  // namespace

Model walk_graph(OnnxSource &source, const OnnxImportOptions &options, Refusals &refusals,
                 std::vector<std::string> &notes) {
    return Walk(source, options, refusals, notes).run();
}

}  // namespace fsd
