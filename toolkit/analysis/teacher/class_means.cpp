// One call.
#include "toolkit/analysis/teacher/class_means.h"

#include "runtime/call.h"
#include "runtime/error.h"

namespace fsd::analysis {

ClassMeans class_means(const Matrix &values, const std::vector<int> &labels, int classes) {
    if (values.rows() != static_cast<Eigen::Index>(labels.size()) || values.rows() == 0) {
        throw Error(ExitCode::bad_input, text("Means of classes need a label for each sample; found ",
                                              values.rows(), " samples and ", labels.size(), " labels."));
    }
    ClassMeans result{Matrix(classes, values.cols()), Vector(classes)};
    Call call(need_kernel("class_means", {"tuned", "cpu"}));
    call.set("values", view(values))
        .set("label", view_tensor(halide_type_of<int>(), const_cast<int *>(labels.data()),
                                  {static_cast<int>(labels.size())}))
        .set("classes", classes)
        .set("mean_of_class", view(result.mean))
        .set("count_of_class", view(result.count));
    call();
    return result;
}

}  // namespace fsd::analysis
