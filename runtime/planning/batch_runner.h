// Runs planned steps over the samples, a batch at a time.
#pragma once

#include "runtime/planning/planner.h"

namespace fsd {

class BatchRunner {
public:
    // `model` must be valid and outlive the runner. Throws as plan().
    BatchRunner(const Model &model, const NetworkOptions &options, const RunForm &form);

    // Arguments that Network has checked. `observe` may be nullptr.
    void run(const RunArguments &arguments, const Network::Observer *observe);

    const Steps &steps() const { return steps_; }

    // Calls `done` after each kernel of the runs to come, that which reads the inputs included, so that
    // somebody can take times.
    using Watch = std::function<void(const Step &)>;
    void watch(Watch done) { done_ = std::move(done); }

private:
    void warm_up();
    void resize(int samples);
    void enter(const Tensor &inputs, int first, int samples);
    void show(const Tensor &images, int first, int samples);
    void stage(const Tensor &numbers, int first, int samples);
    void hide(const Tensor &mask, int first, int samples);
    void run_step(Step &step);
    void run_steps(int samples, const Network::Observer *observe);
    void bring_to_host(const Tensor &tensor);
    void copy_result(Tensor &result, int first, int samples);
    void find_evidence(int samples);
    void copy_evidence(Tensor &evidence, int first, int samples) const;
    void judge(const RunArguments &arguments, int first, int samples) const;

    const Model &model_;
    Watch done_;
    Steps steps_;
    int size_;         // of a result
    Tensor evidence_;  // float32 [sample, layer] of the batch
    int bound_samples_;
    int warm_threads_ = 0;  // the number of threads for which the kernels' memory is there
};

}  // namespace fsd
