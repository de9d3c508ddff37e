// Markdown tables of records.
#include "toolkit/tuning/report.h"

#include "runtime/error.h"
#include "runtime/formats/decimal.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace fsd::tuning {
namespace {

std::string number(double value) {
    return fixed_decimal(value, value < 10 ? 2 : value < 100 ? 1 : 0);
}

std::set<std::string> autoschedulers_of(const std::vector<Record> &records) {
    std::set<std::string> names;
    for (const Record &record : records) {
        for (const ShapeRecord &shape : record.shapes) {
            for (const auto &[name, ratio] : shape.autoschedulers) {
                names.insert(name);
            }
        }
    }
    return names;
}

// The best autoscheduler's time / the tuned one's; 0 where there is none.
double over_best_autoscheduler(const ShapeRecord &shape) {
    double best = 0;
    for (const auto &[name, ratio] : shape.autoschedulers) {
        best = ratio && (best == 0 || *ratio < best) ? *ratio : best;
    }
    return best / shape.tuned.middle;
}

std::string time_text(const ShapeRecord &shape, const std::string &autoscheduler) {
    const auto found = shape.autoschedulers.find(autoscheduler);
    if (found == shape.autoschedulers.end()) {
        return "not measured";
    }
    return found->second ? number(1e6 * shape.standard_seconds * *found->second) : "failed";
}

std::string table_line(const Record &record, const ShapeRecord &shape,
                       const std::set<std::string> &autoschedulers) {
    std::string line =
        text("| ", record.subject.op, " | ", record.subject.family, " | ",
             shape_text(record.subject.op, shape.shape), " | ", number(1e6 * shape.standard_seconds), " | ",
             number(1e6 * shape.standard_seconds * shape.tuned.middle), " | ", number(1 / shape.tuned.middle),
             " |");
    for (const std::string &name : autoschedulers) {
        line += " " + time_text(shape, name) + " |";
    }
    const double over = over_best_autoscheduler(shape);
    return line + " " + (over > 0 ? number(over) : "") + " |\n";
}

}  // namespace

std::string shape_text(const std::string &op, const Extents &shape) {
    std::string out;
    std::set<std::string> shown;
    const auto append = [&](const std::string &name) {
        const auto extent = shape.find(name);
        if (extent != shape.end() && shown.insert(name).second) {
            out += text(out.empty() ? "" : ",", name, "=", extent->second);
        }
    };
    for (const ArgumentSignature &argument : signature_of(op).arguments) {
        append(argument.name);
        std::for_each(argument.axes.begin(), argument.axes.end(), append);
    }
    return out;
}

std::string number_of_shapes(std::size_t shapes) {
    return text(shapes, shapes == 1 ? " shape" : " shapes");
}

std::string markdown_table(const std::vector<Record> &records) {
    const std::set<std::string> autoschedulers = autoschedulers_of(records);
    std::string head = "| op | target | shape | default, us | tuned, us | gain |",
                rule = "|---|---|---|---|---|---|";
    for (const std::string &name : autoschedulers) {
        head += " " + name + ", us |";
        rule += "---|";
    }
    std::string table = head + " best autoscheduler / tuned |\n" + rule + "---|\n";
    for (const Record &record : records) {
        for (const ShapeRecord &shape : record.shapes) {
            table += table_line(record, shape, autoschedulers);
        }
    }
    return table;
}

std::string markdown_parameters(const std::vector<Record> &records) {
    std::string table =
        "| op | target | CPU | parameters | time / default, 99 % interval |\n|---|---|---|---|---|\n";
    for (const Record &record : records) {
        table += text("| ", record.subject.op, " | ", record.subject.family, " | ", record.subject.cpu, " | ",
                      Candidate{record.parameters, ""}.name(), " | ", number(record.tuned.middle), " (",
                      number(record.tuned.low), " to ", number(record.tuned.high), ") |\n");
    }
    return table;
}

std::string markdown_adoptions(const std::vector<Adoption> &adoptions) {
    std::string table = "| op | target | CPU | shape | made by | time / general kernel's, 99 % interval "
                        "|\n|---|---|---|---|---|---|\n";
    double logarithms = 0;
    for (const Adoption &adoption : adoptions) {
        const Subject &subject = adoption.subject;
        const Ratio &ratio = adoption.ratio;
        table += text("| ", subject.op, " | ", subject.family, " | ", subject.cpu, " | ",
                      shape_text(subject.op, subject.shapes.front()), " | ", adoption.candidate.name(), " | ",
                      number(ratio.middle), " (", number(ratio.low), " to ", number(ratio.high), ") |\n");
        logarithms += std::log(ratio.middle);
    }
    return text(table, "\nGeometric mean over ", adoptions.size() == 1 ? "this " : "these ",
                number_of_shapes(adoptions.size()), ": ",
                number(std::exp(logarithms / static_cast<double>(adoptions.size()))), ".\n");
}

std::string markdown_document(const std::vector<Record> &records, const std::vector<Adoption> &adoptions) {
    const Summary summary = summary_of(records);
    const std::string adopted =
        adoptions.empty()
            ? ""
            : text("\n## Kernels for one shape\n\nAdopted ([how](tuning.md#kernels-for-one-shape)): in force "
                   "on their CPU at exactly their extents.\n\n",
                   markdown_adoptions(adoptions));
    return text(
        "# Tuned kernels\n\nWritten by `fsdnet tune --table` from the records in `schedules/tuned/`; "
        "[tuning.md](tuning.md) says how they come about.\n\n## Parameters\n\n",
        markdown_parameters(records),
        "\nThe interval is that of the geometric mean over the shapes below.\n\n## Times\n\nOne call on one "
        "core. "
        "An autoscheduler sees the one shape that it is timed at; our schedules serve all shapes.\n\n",
        markdown_table(records), "\nGeometric means over ", summary.shapes == 1 ? "this " : "these ",
        number_of_shapes(static_cast<std::size_t>(summary.shapes)), ": tuned is ", number(summary.gain),
        " times as fast as default, and ", number(summary.over_autoschedulers),
        " times as fast as the best autoscheduler of each shape.\n", adopted);
}

Summary summary_of(const std::vector<Record> &records) {
    Summary summary;
    double gain = 0, over = 0;
    int compared = 0;
    for (const Record &record : records) {
        for (const ShapeRecord &shape : record.shapes) {
            summary.shapes++;
            gain -= std::log(shape.tuned.middle);
            const double ratio = over_best_autoscheduler(shape);
            over += ratio > 0 ? std::log(ratio) : 0;
            compared += ratio > 0 ? 1 : 0;
        }
    }
    summary.gain = std::exp(gain / std::max(summary.shapes, 1));
    summary.over_autoschedulers = compared > 0 ? std::exp(over / compared) : 0;
    return summary;
}

}  // namespace fsd::tuning
