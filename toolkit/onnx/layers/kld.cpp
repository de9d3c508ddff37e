// Folds n into the weights.
#include "toolkit/onnx/layers/kld.h"

#include "runtime/layers/kld_parameters.h"

namespace fsd {

OnnxAffine onnx_kld(const OnnxPlace &place) {
    const KldParameters parameters = kld_parameters(place.model, place.index, place.form);
    const Shape window = shape_of(parameters.log_likelihood);
    return onnx_affine(parameters.log_likelihood, parameters.log_prior, window[0], window[1],
                       place.unit * parameters.observations);
}

}  // namespace fsd
