// Markdown as text; pictures by toolkit/pictures.
#include "experiments/report.h"

#include "runtime/formats/output_file.h"
#include "toolkit/pictures/picture_file.h"

#include <iomanip>
#include <sstream>
#include <utility>

namespace fsd::experiments {
namespace {

std::string row_of(const std::vector<std::string> &cells) {
    std::string row = "|";
    for (const std::string &cell : cells) {
        row += " " + cell + " |";
    }
    return row + "\n";
}

std::string table_of(const std::vector<std::string> &head,
                     const std::vector<std::vector<std::string>> &rows) {
    std::string table = row_of(head) + row_of(std::vector<std::string>(head.size(), "---"));
    for (const std::vector<std::string> &row : rows) {
        table += row_of(row);
    }
    return table + "\n";
}

}  // namespace

Report::Report(std::string folder, std::string name, const std::string &title)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      head_("# " + title + "\n\nWritten by `make experiments`.\n\n") {}

void Report::heading(const std::string &line) {
    body_ += "## " + line + "\n\n";
}

void Report::paragraph(const std::string &text) {
    body_ += text + "\n\n";
}

void Report::table(const std::vector<std::string> &head, const std::vector<std::vector<std::string>> &rows) {
    body_ += table_of(head, rows);
}

void Report::picture(const std::string &stem, const std::string &caption, const std::vector<Plot> &plots) {
    const std::string file = name_ + "-" + stem;
    const Canvas canvas = plots_picture(plots);
    write_picture(folder_ + "/" + file + ".png", canvas);
    write_picture(folder_ + "/" + file + ".svg", canvas);
    body_ += "![" + caption + "](" + file + ".png)\n\n" + caption + " ([SVG](" + file + ".svg))\n\n";
}

void Report::attachment(const std::string &file, const std::string &content) {
    const std::string name = name_ + "-" + file;
    write_file(folder_ + "/" + name, content);
    body_ += "All numbers: [" + name + "](" + name + ").\n\n";
}

void Report::criterion(const Criterion &criterion) {
    criteria_.push_back(criterion);
}

void Report::write() const {
    std::vector<std::vector<std::string>> rows;
    for (const Criterion &criterion : criteria_) {
        rows.push_back(
            {criterion.name, criterion.claim, criterion.measured, criterion.holds ? "holds" : "**fails**"});
    }
    const std::string criteria = rows.empty() ? "" : table_of({"", "criterion", "measured", ""}, rows);
    write_file(folder_ + "/" + name_ + ".md", head_ + criteria + body_);
}

std::string fixed(double value, int digits) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(digits) << value;
    return out.str();
}

}  // namespace fsd::experiments
