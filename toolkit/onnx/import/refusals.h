// What an imported graph holds that a chain of layers cannot: all of it, not only the first.
#pragma once

#include <string>
#include <vector>

namespace fsd {

struct OnnxRefusal {
    std::string
        where;  // a node as it is named in sentences, or "the graph", "the input ...", "the result ..."
    std::string reason;
};

class Refusals {
public:
    // Once, however often it is said.
    void add(const std::string &where, const std::string &reason);

    bool empty() const { return entries_.empty(); }
    std::size_t count() const { return entries_.size(); }
    const std::vector<OnnxRefusal> &all() const { return entries_; }

private:
    std::vector<OnnxRefusal> entries_;
};

}  // namespace fsd
