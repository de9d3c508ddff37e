// By the op of the kernel that computes the kind, which several kinds share.
#include "toolkit/analysis/aggregation/layers/aggregation_form.h"

#include "runtime/layers/layer_kind.h"

namespace fsd::analysis {

AggregationForm aggregation_form(const Layer &layer) {
    const std::string op = layer_kind(layer.op).op_of(layer);
    return op == "marginal_pool"       ? AggregationForm::average
           : op == "max_pool"          ? AggregationForm::maximum
           : op == "log_marginal_pool" ? AggregationForm::log_average
                                       : AggregationForm::other;
}

}  // namespace fsd::analysis
