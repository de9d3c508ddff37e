// The verbs of the command line. Each function adds its verb with options, help and the callback that runs
// it.
#pragma once

namespace CLI {
class App;
}

namespace fsd::command_line {

void add_analyze(CLI::App &program);    // what layers pass on
void add_bench(CLI::App &program);      // how long a network takes, and where the time goes
void add_calibrate(CLI::App &program);  // the novelty of a finished model
void add_classify(CLI::App &program);   // the most likely classes of images
void add_compile(CLI::App &program);    // a network as a static library
void add_demo(CLI::App &program);       // a page to draw on, and what a network says
void add_doctor(CLI::App &program);    // what this machine offers: devices, drivers, instruction sets, limits
void add_evaluate(CLI::App &program);  // accuracy, NLL, ECE; what approximations cost
void add_export(CLI::App &program);    // a model in another runtime's format: ONNX
void add_import(CLI::App &program);    // a model from another runtime's format: ONNX
void add_inspect(CLI::App &program);   // layers, entropies, information, filters
void add_kernels(CLI::App &program);   // the registry, and running one kernel on NumPy files
void add_models(CLI::App &program);    // the networks that come with the program
void add_new(CLI::App &program);       // a description that fits the data
void add_prune(CLI::App &program);     // a network without its least useful states
void add_quantize(CLI::App &program);  // a model in 8-bit integers, with proved bounds
void add_train(CLI::App &program);     // a network from labeled images
void add_tune(CLI::App &program);      // the parameters of kernels' schedules

// The verbs of `analyze`.
void add_analyze_aggregation(CLI::App &analyze);
void add_analyze_features(CLI::App &analyze);
void add_analyze_moments(CLI::App &analyze);
void add_analyze_teacher(CLI::App &analyze);

}  // namespace fsd::command_line
