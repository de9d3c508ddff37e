// A page that an experiment writes: paragraphs, tables, pictures as PNG and SVG, criteria with what was
// measured.
#pragma once

#include "toolkit/pictures/plot.h"

#include <string>
#include <vector>

namespace fsd::experiments {

struct Criterion {
    std::string name;   // M1
    std::string claim;  // what must hold, with the bound
    std::string measured;
    bool holds = false;
};

class Report {
public:
    // Writes <folder>/<name>.md, and its pictures beside it.
    Report(std::string folder, std::string name, const std::string &title);

    void heading(const std::string &line);
    void paragraph(const std::string &text);
    void table(const std::vector<std::string> &head, const std::vector<std::vector<std::string>> &rows);
    // <name>-<stem>.png, shown on the page, and .svg, linked below it.
    void picture(const std::string &stem, const std::string &caption, const std::vector<Plot> &plots);
    // A file <name>-<file>, linked on the page.
    void attachment(const std::string &file, const std::string &content);
    void criterion(const Criterion &criterion);

    const std::vector<Criterion> &criteria() const { return criteria_; }
    const std::string &name() const { return name_; }

    // Writes the page: the criteria stand first. Throws Error(bad_input) where it cannot be written.
    void write() const;

private:
    std::string folder_, name_, head_, body_;
    std::vector<Criterion> criteria_;
};

// A number with so many digits behind the point.
std::string fixed(double value, int digits);

}  // namespace fsd::experiments
