// A node as its operator's room reads it: attributes with their standards, inputs that are constants, and
// where to say what cannot be held. Everything that a room does not read is refused.
#pragma once

#include "runtime/error.h"
#include "toolkit/onnx/import/onnx_source.h"
#include "toolkit/onnx/import/refusals.h"

#include <set>

namespace fsd {

// The constants of the graph, those that folding made included.
using OnnxConstants = std::map<std::string, OnnxConstant>;

class OnnxNode {
public:
    OnnxNode(const OnnxSourceNode &node, std::string described, const OnnxConstants &constants,
             int64_t operator_set, Refusals &refusals)
        : node_(node),
          described_(std::move(described)),
          constants_(constants),
          operator_set_(operator_set),
          refusals_(refusals) {}

    const std::string &op() const { return node_.op; }
    const std::string &name() const { return node_.name; }
    int64_t operator_set() const { return operator_set_; }

    // Notes why the node cannot be held. The room may go on, to say what else.
    void refuse(const std::string &reason) const;
    bool is_refused() const { return refused_; }

    // Attributes. A value of another type is refused, and the standard returned.
    bool has(const std::string &name) const;
    int64_t integer(const std::string &name, int64_t standard) const;
    double real(const std::string &name, double standard) const;
    std::string word(const std::string &name, const std::string &standard) const;
    std::vector<int64_t> integers(const std::string &name, std::vector<int64_t> standard) const;
    const OnnxConstant *tensor(const std::string &name) const;  // nullptr where it is none

    // The node changes nothing that the importer needs to know of the attribute.
    void ignore(const std::string &name) const { read_.insert(name); }

    // Inputs, counted from 0; that of the chain is none of them.
    std::size_t input_count() const { return node_.inputs.size(); }
    bool has_input(std::size_t index) const;

    // The numbers of a constant input. nullptr, and a reason noted, where it is no constant or of another
    // type; without a note where it is left out.
    const OnnxConstant *reals(std::size_t index) const;
    const OnnxConstant *integer_input(std::size_t index) const;
    const OnnxConstant *any_constant(std::size_t index) const;  // of either type

    // The axes that newer operator sets take as an input and older ones as an attribute; nullptr: none said.
    const std::vector<int64_t> *axes(std::size_t index, int64_t input_since,
                                     std::vector<int64_t> &place) const;

    // Refuses the attributes that nobody read.
    void finish() const;

private:
    const OnnxSourceAttribute *find(const std::string &name, OnnxSourceAttribute::Kind kind) const;
    const OnnxConstant *constant(std::size_t index, OnnxConstant::Kind kind) const;

    const OnnxSourceNode &node_;
    std::string described_;
    const OnnxConstants &constants_;
    int64_t operator_set_;
    Refusals &refusals_;
    mutable std::set<std::string> read_;
    mutable bool refused_ = false;
};

}  // namespace fsd
