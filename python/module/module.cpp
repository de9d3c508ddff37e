// The module's table of contents.
#include "python/module/module.h"

#include <opencv2/core/utility.hpp>

NB_MODULE(_fsdnet, module) {
    module.attr("__version__") = FSDNET_VERSION;
    cv::setNumThreads(0);  // its pool takes no notice of set_threads()
    fsd::python::add_errors(module);
    fsd::python::add_threads(module);
    fsd::python::add_models(module);
    fsd::python::add_networks(module);
    fsd::python::add_datasets(module);
    fsd::python::add_images(module);
    fsd::python::add_training(module);
    fsd::python::add_evaluation(module);
    fsd::python::add_description(module);
    fsd::python::add_onnx(module);
}
