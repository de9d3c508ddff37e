// Test-only kernels: the functions of generators/log_space.h and error_function.h over a vector.
#include "generators/error_function.h"

namespace fsd {

// Applies the operator; vectors of the target's natural width, so that the tested code is the code in use.
template<Halide::Expr (*operation)(const Halide::Expr &)>
class Elementwise : public Halide::Generator<Elementwise<operation>> {
    using Base = Halide::Generator<Elementwise<operation>>;

public:
    typename Base::template Input<Halide::Buffer<float, 1>> argument{"argument"};
    typename Base::template Output<Halide::Buffer<float, 1>> value{"value"};

    void generate() { value(element_) = operation(argument(element_)); }
    void schedule() {
        value.vectorize(element_, Base::template natural_vector_size<float>(),
                        Halide::TailStrategy::GuardWithIf);
    }

private:
    Halide::Var element_{"element"};
};

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Elementwise<fsd::exponential>, exponential)
HALIDE_REGISTER_GENERATOR(fsd::Elementwise<fsd::exponential_of_nonpositive>, exponential_of_nonpositive)
HALIDE_REGISTER_GENERATOR(fsd::Elementwise<fsd::exponential_in_sum>, exponential_in_sum)
HALIDE_REGISTER_GENERATOR(fsd::Elementwise<fsd::logarithm>, logarithm)
HALIDE_REGISTER_GENERATOR(fsd::Elementwise<fsd::logarithm_from_1>, logarithm_from_1)
HALIDE_REGISTER_GENERATOR(fsd::Elementwise<fsd::error_function>, error_function)
