// Extents are constants, so that the estimates are what will be.
#include "compiler/autoscheduled.h"

#include "compiler/c_call.h"
#include "compiler/floating_point_mode.h"
#include "generators/autoscheduling.h"

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Expr;
using Halide::Target;

void estimate(Halide::ImageParam image) {
    for (int axis = 0; axis < image.dimensions(); axis++) {
        image.dim(axis).set_estimate(0, image.dim(axis).extent());
    }
}

}  // namespace

Halide::Module autoscheduled_module(NetworkStages &network, const std::string &name, const Target &target,
                                    const Halide::AutoschedulerParams &autoscheduler) {
    network.image.dim(3).set_bounds(0, 1);
    network.result.output_buffer().dim(1).set_bounds(0, 1);
    estimate(network.image);
    estimate(network.numbers.floats);
    network.result.set_estimate(network.number, 0, network.results).set_estimate(network.sample, 0, 1);
    Halide::Pipeline pipeline(network.outputs());
    drop_promises(pipeline);
    const Target checked = target.without_feature(Target::NoAsserts).without_feature(Target::NoBoundsQuery);
    pipeline.apply_autoscheduler(checked, autoscheduler);
    return pipeline.compile_to_module(network.inputs(), name, checked, Halide::LinkageType::External);
}

Halide::Module calling_module(const NetworkStages &network, const std::string &name,
                              const std::string &function, const std::vector<LoweredArgument> &arguments,
                              const Target &target) {
    std::vector<Expr> buffers;
    for (const LoweredArgument &argument : arguments) {
        const Expr given = Variable::make(Halide::type_of<halide_buffer_t *>(), argument.name + ".buffer");
        const bool numbers = argument.name == network.numbers.floats.name();
        const int count = static_cast<int>(network.packed_numbers.size() / sizeof(float));
        buffers.push_back(numbers ? dense_buffer(host_of(given), Halide::Float(32), {count}) : given);
    }
    const Expr called = Call::make(Halide::Int(32), function, buffers, Call::Extern);
    Halide::Module module(name, target.without_feature(Target::NoAsserts));
    module.append(LoweredFunc(name, arguments, call_in_own_floating_point_mode(called, target),
                              Halide::LinkageType::External, Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
