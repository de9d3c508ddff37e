// Keeps the reasons in the order in which they were found.
#include "toolkit/onnx/import/refusals.h"

#include <algorithm>

namespace fsd {

void Refusals::add(const std::string &where, const std::string &reason) {
    const bool known = std::any_of(entries_.begin(), entries_.end(), [&](const OnnxRefusal &entry) {
        return entry.where == where && entry.reason == reason;
    });
    if (!known) {
        entries_.push_back({where, reason});
    }
}

}  // namespace fsd
