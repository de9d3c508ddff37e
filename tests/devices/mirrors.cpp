// Tensors that stay on a device between kernels: what is copied when, and that kernels of the CPU may come in
// between.
#include "runtime/call.h"
#include "runtime/device.h"
#include "runtime/devices/mirror.h"
#include "runtime/error.h"
#include "tests/device_under_test.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int rows = 7, states = 5;

float *floats(Tensor &tensor) {
    return static_cast<float *>(tensor.data());
}

void fill(Tensor &tensor, float value) {
    std::fill_n(floats(tensor), tensor.number_of_elements(), value);
}

// Logits whose state `row % states` is far above the others: normalization gives 1 there.
void draw(Tensor &logits) {
    for (int i = 0; i < rows * states; i++) {
        floats(logits)[i] = i % states == i / states % states ? 60.f : 0.f;
    }
}

// logits -> posterior -> activation; each kernel on its own device.
struct Chain {
    Mirrors mirrors;
    Tensor logits = make_tensor<float>({rows, 1, states}), posterior = make_tensor<float>({rows, 1, states}),
           activation = make_tensor<float>({rows, states});
    Call first, second;

    Chain(const std::string &first_schedule, const std::string &second_schedule)
        : first((mirrors.add(logits), mirrors.add(posterior), mirrors.add(activation),
                 need_kernel("normalize", {first_schedule})),
                &mirrors),
          second(need_kernel("relu", {second_schedule}), &mirrors) {
        first.set("logits", logits).set("posterior", posterior);
        second.set("log_evidence", reshaped(posterior, {rows, states})).set("activation", activation);
    }

    Mirror &of(const Tensor &tensor) { return *mirrors.find(tensor.data()); }

    void run() {
        draw(logits);
        of(logits).host_wrote(logits.number_of_elements());
        first();
        second();
    }
};

bool is_result(Tensor &activation) {
    for (int i = 0; i < rows * states; i++) {
        const float expected = i % states == i / states % states ? 1.f : 0.f;
        if (!(std::fabs(floats(activation)[i] - expected) < 1e-6f)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("kernels on the device and on the CPU hand tensors to each other", "[devices]") {
    const std::string &device = device_under_test();
    for (const auto &[first, second] : {std::pair(device, device), std::pair(device, std::string("cpu")),
                                        std::pair(std::string("cpu"), device)}) {
        INFO(first << ", then " << second);
        Chain chain(first, second);
        for (int run = 0; run < 3; run++) {
            fill(chain.activation, -1);
            fill(chain.posterior, -1);
            chain.run();
            chain.of(chain.activation).need_host();
            REQUIRE(is_result(chain.activation));
        }
    }
}

TEST_CASE("what the device wrote is copied to the host when it is asked for, and not before", "[devices]") {
    if (device_under_test() == "cpu") {
        return;
    }
    Chain chain(device_under_test(), device_under_test());
    fill(chain.posterior, -1);
    fill(chain.activation, -1);
    chain.run();
    REQUIRE(floats(chain.activation)[0] == -1);
    chain.of(chain.activation).need_host();
    REQUIRE(is_result(chain.activation));
    REQUIRE(floats(chain.posterior)[0] == -1);  // nobody asked
    fill(chain.activation, -1);
    chain.of(chain.activation).need_host();  // is up to date: nothing is copied
    REQUIRE(floats(chain.activation)[0] == -1);
}

TEST_CASE("what the host wrote reaches the device once it was announced", "[devices]") {
    if (device_under_test() == "cpu") {
        return;
    }
    Chain chain(device_under_test(), device_under_test());
    chain.run();
    fill(chain.logits, 0);  // not announced: the device keeps its own
    chain.first();
    chain.second();
    chain.of(chain.activation).need_host();
    REQUIRE(is_result(chain.activation));
    chain.of(chain.logits).host_wrote(chain.logits.number_of_elements());
    chain.first();
    chain.second();
    chain.of(chain.activation).need_host();
    REQUIRE(floats(chain.activation)[0] == Approx(1.0 / states));
}

TEST_CASE("what the host has in other memory is taken from there, once", "[devices]") {
    const std::string &device = device_under_test();
    for (const std::string &first : {device, std::string("cpu")}) {
        INFO(first << ", then " << device);
        Chain chain(first, device);
        Tensor elsewhere = make_tensor<float>({rows, 1, states});
        draw(elsewhere);
        fill(chain.logits, 0);
        chain.of(chain.logits).host_has(elsewhere.data(), elsewhere.number_of_elements());
        for (int run = 0; run < 2; run++) {
            chain.first();
            chain.second();
            chain.of(chain.activation).need_host();
            REQUIRE(is_result(chain.activation));
            fill(elsewhere, 0);  // has been read
        }
        fill(chain.logits, 0);
        chain.of(chain.logits).host_wrote(chain.logits.number_of_elements());
        chain.first();
        chain.second();
        chain.of(chain.activation).need_host();
        REQUIRE(floats(chain.activation)[0] == Approx(1.0 / states));
    }
}

TEST_CASE("a kernel on a device must not overwrite what it reads", "[devices]") {
    if (device_under_test() == "cpu") {
        return;
    }
    Mirrors mirrors;
    Tensor logits = make_tensor<float>({rows, 1, states});
    mirrors.add(logits);
    Call call(need_kernel("normalize", {device_under_test()}), &mirrors);
    call.set("logits", logits).set("posterior", logits);
    try {
        call();
        FAIL("the kernel ran in place");
    } catch (const Error &error) {
        REQUIRE(error.code() == ExitCode::internal);
    }
}

TEST_CASE("adam in place gives the device's own numbers", "[devices]") {
    const int count = 33;
    const auto updated = [&](bool in_place) {
        Tensor parameter = make_tensor<float>({count}), gradient = make_tensor<float>({count}),
               moment1 = make_tensor<float>({count}), moment2 = make_tensor<float>({count});
        for (int i = 0; i < count; i++) {
            floats(parameter)[i] = 0.1f * static_cast<float>(i);
            floats(gradient)[i] = 1.f - 0.07f * static_cast<float>(i);
            floats(moment1)[i] = 0.3f;
            floats(moment2)[i] = 0.5f;
        }
        Tensor out[3] = {in_place ? parameter : make_tensor<float>({count}),
                         in_place ? moment1 : make_tensor<float>({count}),
                         in_place ? moment2 : make_tensor<float>({count})};
        Call call(need_kernel("adam", {device_under_test()}));
        call.set("parameter", parameter)
            .set("gradient", gradient)
            .set("moment1", moment1)
            .set("moment2", moment2);
        call.set("updated_parameter", out[0]).set("updated_moment1", out[1]).set("updated_moment2", out[2]);
        call.set("rate", 0.01).set("beta1", 0.9).set("beta2", 0.999).set("epsilon", 1e-8);
        call.set("correction1", 0.1).set("correction2", 0.001);
        call();
        std::vector<float> all;
        for (Tensor &tensor : out) {
            all.insert(all.end(), floats(tensor), floats(tensor) + count);
        }
        return all;
    };
    REQUIRE(updated(true) == updated(false));
}
