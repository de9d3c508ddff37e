// Builds an ONNX graph node by node. Values are referred to by name; every node has one output.
#pragma once

#include "runtime/tensor.h"

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fsd {

class OnnxGraph {
public:
    using Inputs = std::vector<std::string>;

    // An attribute of a node: a name with an integer, a list of integers, or a real number.
    struct Attribute {
        Attribute(std::string name, int64_t value) : name(std::move(name)), values({value}), is_list(false) {}
        Attribute(std::string name, std::initializer_list<int64_t> values)
            : name(std::move(name)), values(values), is_list(true) {}

        static Attribute real(std::string name, double number) {
            Attribute attribute(std::move(name), 0);
            attribute.number = static_cast<float>(number);
            return attribute;
        }

        std::string name;
        std::vector<int64_t> values;
        bool is_list;
        std::optional<float> number = std::nullopt;
    };
    using Attributes = std::vector<Attribute>;

    OnnxGraph();
    ~OnnxGraph();

    // The graph's input; -1 marks the axis "sample", whose extent is free. Returns its name.
    std::string input(const std::string &name, const halide_type_t &type, const Shape &shape);

    // Renames the output of the last node and makes it the graph's float32 output.
    void output(const std::string &name, const Shape &shape);

    // Adds a node of the standard operator set and returns the name of its output.
    std::string node(const std::string &op, const Inputs &inputs, const Attributes &attributes = {});

    // Constants, stored in the file. The name is completed to one that no other value has, and returned.
    std::string numbers(const std::string &name, const Shape &shape, const std::vector<float> &values);
    std::string number(const std::string &name, float value);
    std::string precise_number(const std::string &name, double value);  // float64
    std::string integers(const std::string &name, const Shape &shape, const std::vector<int64_t> &values);
    std::string integers(const std::string &name, const std::vector<int64_t> &values);

    // The whole file; `note` becomes its documentation, `metadata` travels as texts by name. Throws
    // Error(unsupported) where it would have more than 2 GiB.
    std::string serialize(int operator_set, const std::string &note,
                          const std::map<std::string, std::string> &metadata) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace fsd
