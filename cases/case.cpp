// The table of cases and the indexing of float64 tensors.
#include "cases/case.h"

#include <algorithm>
#include <stdexcept>

namespace fsd::testing {
namespace {

std::vector<Case> &table() {
    static std::vector<Case> all;
    return all;
}

}  // namespace

std::size_t Values::offset(std::initializer_list<int> indices) const {
    if (indices.size() != shape.size()) {
        throw std::logic_error("a tensor of shape " + to_string(shape) +
                               " was indexed with another number of axes");
    }
    std::size_t offset = 0, axis = 0;
    for (int index : indices) {
        offset = offset * shape[axis++] + index;
    }
    return offset;
}

int Problem::extent(const std::string &axis) const {
    return extents.at(axis);
}

const Values &Problem::operator[](const std::string &tensor) const {
    return tensors.at(tensor);
}

Values &Problem::output(const std::string &name, const Shape &shape) {
    return tensors[name] = Values(shape);
}

std::function<Work(const Problem &)> per_element(const std::string &tensor, double operations, double bytes) {
    return [=](const Problem &problem) {
        const auto elements = static_cast<double>(problem[tensor].data.size());
        return Work{operations * elements, bytes * elements};
    };
}

CaseOf::CaseOf(Case described) {
    auto place = std::lower_bound(table().begin(), table().end(), described,
                                  [](const Case &a, const Case &b) { return a.op < b.op; });
    table().insert(place, std::move(described));
}

const std::vector<Case> &cases() {
    return table();
}

const Case &case_of(const std::string &op) {
    for (const Case &described : table()) {
        if (described.op == op) {
            return described;
        }
    }
    throw std::logic_error("no case for the operator " + op);
}

}  // namespace fsd::testing
