// How many threads the kernels use.
#include "runtime/threads.h"

#include "python/module/module.h"

namespace fsd::python {

void add_threads(nb::module_ &module) {
    module.def("threads", threads);
    module.def("set_threads", set_threads);
}

}  // namespace fsd::python
