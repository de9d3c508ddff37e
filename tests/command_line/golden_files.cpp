// Runs the network in this process.
#include "tests/command_line/golden_files.h"

#include "runtime/network.h"
#include "tests/runtime/models.h"
#include "toolkit/npy/npy.h"
#include "toolkit/profiling/random_inputs.h"

#include <fstream>

namespace fsd::testing {

GoldenFiles::GoldenFiles() : model(small_model()) {
    save_model(model, file);
    const Tensor images = random_inputs(model.input, 3);
    result = make_tensor<float>({3, static_cast<int>(model.classes.size())});
    Network(model).run(images, result);
    write(input, images);
    write(expected, result);
}

void GoldenFiles::write(const std::string &path, const Tensor &tensor) {
    std::ofstream(path, std::ios::binary) << npy_bytes(tensor, shape_of(tensor));
}

void GoldenFiles::change(int sample, int number, float by) {
    const int classes = shape_of(result)[1];
    static_cast<float *>(result.data())[sample * classes + number] += by;
    write(expected, result);
}

}  // namespace fsd::testing
