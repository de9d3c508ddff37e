// Looks attributes and inputs up and notes what does not fit.
#include "toolkit/onnx/import/onnx_node.h"

#include "runtime/formats/json_text.h"

namespace fsd {

using Kind = OnnxSourceAttribute::Kind;

void OnnxNode::refuse(const std::string &reason) const {
    refused_ = true;
    refusals_.add(described_, reason);
}

bool OnnxNode::has(const std::string &name) const {
    return node_.attributes.count(name) > 0;
}

const OnnxSourceAttribute *OnnxNode::find(const std::string &name, Kind kind) const {
    read_.insert(name);
    const auto found = node_.attributes.find(name);
    if (found == node_.attributes.end()) {
        return nullptr;
    }
    if (found->second.kind != kind) {
        refuse(text("its attribute ", fsd::quoted(name), " is of the wrong type."));
        return nullptr;
    }
    return &found->second;
}

int64_t OnnxNode::integer(const std::string &name, int64_t standard) const {
    const OnnxSourceAttribute *found = find(name, Kind::integer);
    return found ? found->integer : standard;
}

double OnnxNode::real(const std::string &name, double standard) const {
    const OnnxSourceAttribute *found = find(name, Kind::real);
    return found ? found->real : standard;
}

std::string OnnxNode::word(const std::string &name, const std::string &standard) const {
    const OnnxSourceAttribute *found = find(name, Kind::text);
    return found ? found->text : standard;
}

std::vector<int64_t> OnnxNode::integers(const std::string &name, std::vector<int64_t> standard) const {
    const OnnxSourceAttribute *found = find(name, Kind::integers);
    return found ? found->integers : standard;
}

const OnnxConstant *OnnxNode::tensor(const std::string &name) const {
    const OnnxSourceAttribute *found = find(name, Kind::tensor);
    return found ? found->tensor.get() : nullptr;
}

bool OnnxNode::has_input(std::size_t index) const {
    return index < node_.inputs.size() && !node_.inputs[index].empty();
}

const OnnxConstant *OnnxNode::constant(std::size_t index, OnnxConstant::Kind kind) const {
    if (!has_input(index)) {
        return nullptr;
    }
    const auto found = constants_.find(node_.inputs[index]);
    if (found == constants_.end()) {
        refuse(text("its input ", fsd::quoted(node_.inputs[index]),
                    " is no constant; only the numbers that a file holds can become those of a layer."));
        return nullptr;
    }
    if (found->second.kind != kind) {
        refuse(text("its input ", fsd::quoted(node_.inputs[index]), " is of type ",
                    onnx_type_name(found->second.type), ", where ",
                    kind == OnnxConstant::Kind::reals ? "floats" : "whole numbers", " belong."));
        return nullptr;
    }
    return &found->second;
}

const OnnxConstant *OnnxNode::any_constant(std::size_t index) const {
    const auto found = has_input(index) ? constants_.find(node_.inputs[index]) : constants_.end();
    if (found == constants_.end() || found->second.kind == OnnxConstant::Kind::other) {
        refuse("its input is a constant of a type that fsdnet does not read.");
        return nullptr;
    }
    return &found->second;
}

const OnnxConstant *OnnxNode::reals(std::size_t index) const {
    return constant(index, OnnxConstant::Kind::reals);
}

const OnnxConstant *OnnxNode::integer_input(std::size_t index) const {
    return constant(index, OnnxConstant::Kind::integers);
}

const std::vector<int64_t> *OnnxNode::axes(std::size_t index, int64_t input_since,
                                           std::vector<int64_t> &place) const {
    if (operator_set_ < input_since) {
        if (!has("axes")) {
            return nullptr;
        }
        place = integers("axes", {});
        return &place;
    }
    const OnnxConstant *given = integer_input(index);
    return given ? &given->integers : nullptr;
}

void OnnxNode::finish() const {
    for (const auto &[name, value] : node_.attributes) {
        if (read_.count(name) == 0) {
            refuse(text("it has an attribute ", fsd::quoted(name), ", which fsdnet does not know."));
        }
    }
}

}  // namespace fsd
