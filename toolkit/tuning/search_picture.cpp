// The picture of a search, drawn from its journal.
#include "runtime/error.h"
#include "toolkit/pictures/plot.h"
#include "toolkit/tuning/report.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

// Slower candidates are drawn here, so that the fast ones can be told apart.
constexpr double highest = 2;

void add(Marks &marks, double x, double y) {
    marks.x.push_back(x);
    marks.y.push_back(std::min(y, highest));
}

}  // namespace

Canvas search_picture(const Journal &journal, const Subject &subject) {
    Marks candidates{"candidates (2: twice the time or more)", Mark::points, {}, {}},
        refused{"wrong or failed (at 0)", Mark::points, {}, {}}, best{"best so far", Mark::line, {0}, {1}};
    double ratio = 1, tried = 0;
    for (const JournalEntry &entry : journal.entries()) {
        if (!entry.candidate.autoscheduler.empty() || entry.final) {
            continue;
        }
        tried++;
        if (entry.verdict != "timed") {
            add(refused, tried, 0);
            continue;
        }
        add(candidates, tried, ratio * entry.comparison.all.middle);
        ratio *= entry.kept ? entry.comparison.all.middle : 1;
        best.x.push_back(tried);
        best.y.push_back(ratio);
    }
    Plot plot{text(subject.op, ", ", subject.family, ": ", number_of_shapes(subject.shapes.size())),
              "candidate",
              "time / default, geometric mean",
              {best, candidates},
              false,
              Scale::whole};
    if (!refused.x.empty()) {
        plot.marks.push_back(refused);
    }
    return plots_picture({plot});
}

}  // namespace fsd::tuning
