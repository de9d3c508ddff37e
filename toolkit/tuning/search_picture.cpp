// The picture of a search, drawn from its journal.
#include "runtime/error.h"
#include "toolkit/pictures/line_chart.h"
#include "toolkit/tuning/report.h"

#include <algorithm>
#include <cmath>

namespace fsd::tuning {
namespace {

// Slower candidates are drawn here, so that the fast ones can be told apart.
constexpr double highest = 2;

// A dot: a line of one point, ended by one that is not drawn.
void dot(Series &series, double x, double y) {
    series.x.insert(series.x.end(), {x, x});
    series.y.insert(series.y.end(), {std::min(y, highest), NAN});
}

}  // namespace

std::string search_picture(const Journal &journal, const Subject &subject) {
    Series candidates{"candidates (2: twice the time or more)", {}, {}},
        refused{"wrong or failed (at 0)", {}, {}};
    Series best{"best so far", {0}, {1}};
    double ratio = 1, tried = 0;
    for (const JournalEntry &entry : journal.entries()) {
        if (!entry.candidate.autoscheduler.empty() || entry.final) {
            continue;
        }
        tried++;
        if (entry.verdict != "timed") {
            dot(refused, tried, 0);
            continue;
        }
        dot(candidates, tried, ratio * entry.comparison.all.middle);
        ratio *= entry.kept ? entry.comparison.all.middle : 1;
        best.x.push_back(tried);
        best.y.push_back(ratio);
    }
    LineChart chart{text(subject.op, ", ", subject.family, ": ", number_of_shapes(subject.shapes.size())),
                    "candidate",
                    "time / default, geometric mean",
                    {best, candidates}};
    if (!refused.x.empty()) {
        chart.series.push_back(refused);
    }
    return line_charts_svg({chart});
}

}  // namespace fsd::tuning
