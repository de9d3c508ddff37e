// A row per state.
#include "apps/fsdnet/usefulness_report.h"

#include "apps/fsdnet/report_numbers.h"
#include "runtime/formats/printable_text.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;
using namespace analysis;

Json json_of(const GroupUsefulness &group) {
    Json states = Json::array();
    for (const int state : group.ranking()) {
        const StateUsefulness &own = group.states[state];
        states.push_back({{"state", state},
                          {"probability", own.probability},
                          {"indicator", own.indicator},
                          {"contribution", own.contribution}});
    }
    return {{"information", group.information}, {"states", states}};
}

void add_rows(std::ostringstream &out, const GroupUsefulness &group, const std::vector<int> *kept) {
    int rank = 1;
    for (const int state : group.ranking()) {
        const StateUsefulness &own = group.states[state];
        out << std::setw(6) << rank++ << std::setw(7) << state << cell(own.probability, 13, 4)
            << cell(own.indicator, 16, 5) << cell(own.contribution, 14, 5);
        if (kept) {
            out << (std::binary_search(kept->begin(), kept->end(), state) ? "" : "  removed");
        }
        out << '\n';
    }
}

}  // namespace

Json json_of(const LayerUsefulness &layer) {
    Json groups = Json::array();
    for (const GroupUsefulness &group : layer.groups) {
        groups.push_back(json_of(group));
    }
    return {{"information", layer.information()}, {"sites", layer.sites}, {"groups", groups}};
}

std::string table_of(const LayerUsefulness &layer, const std::string &name, const KeptStates *kept) {
    std::ostringstream out;
    for (std::size_t group = 0; group < layer.groups.size(); group++) {
        out << "\nlayer " << layer.layer << " '" << printable_text(name) << "'";
        if (layer.groups.size() > 1) {
            out << ", group " << group;
        }
        out << ": I(H;Y) = " << std::fixed << std::setprecision(5) << layer.groups[group].information
            << " nats, mean over " << layer.sites << (layer.sites == 1 ? " site\n" : " sites\n")
            << "  rank  state  probability  I(1[H=s];Y)  part of I(H;Y)\n";
        add_rows(out, layer.groups[group], kept ? &(*kept)[group] : nullptr);
    }
    return out.str();
}

}  // namespace fsd::command_line
