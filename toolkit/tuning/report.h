// Shows records and searches: Markdown tables and pictures.
#pragma once

#include "toolkit/pictures/canvas.h"
#include "toolkit/tuning/adoption.h"
#include "toolkit/tuning/record.h"

#include <string>
#include <vector>

namespace fsd::tuning {

// "sample=64,y=28,...", in the order of the op's arguments.
std::string shape_text(const std::string &op, const Extents &shape);

// "1 shape", "3 shapes"
std::string number_of_shapes(std::size_t shapes);

// One line per shape: time with the defaults, with the recorded parameters and of each autoscheduler's
// proposal, then the geometric means.
std::string markdown_table(const std::vector<Record> &records);

// The records' parameters, one line per operator, target and CPU.
std::string markdown_parameters(const std::vector<Record> &records);

// The kernels that were adopted for one shape, one line each, then the geometric mean.
std::string markdown_adoptions(const std::vector<Adoption> &adoptions);

// The page docs/tuned-kernels.md.
std::string markdown_document(const std::vector<Record> &records, const std::vector<Adoption> &adoptions);

// Geometric means over all shapes of the records.
struct Summary {
    int shapes = 0;
    double gain = 1;  // time with the defaults / with the recorded parameters
    double over_autoschedulers =
        0;  // time of each shape's best autoscheduler / with the recorded parameters; 0: none
};
Summary summary_of(const std::vector<Record> &records);

// The time of each candidate and of the best one so far, relative to the defaults, in the order of the
// search.
Canvas search_picture(const Journal &journal, const Subject &subject);

}  // namespace fsd::tuning
