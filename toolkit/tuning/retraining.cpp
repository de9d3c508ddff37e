// The loop of Halide's adams2019_autotune_loop.sh, on kernels that are checked, and for the whole target:
// that script leaves AVX-512 out.
#include "toolkit/tuning/retraining.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/output_file.h"
#include "toolkit/system/clock.h"
#include "toolkit/system/json_document.h"
#include "toolkit/system/process.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/interruption.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/model_weights.h"
#include "toolkit/tuning/report.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fsd::tuning {
namespace {

namespace fs = std::filesystem;
using SampleLine = nlohmann::ordered_json;

// A round draws so many schedules at each shape: the model's best, then random ones near its choices. The
// chance that the search takes the best choice at all of its steps, in percent, is Halide's own.
constexpr int schedules_per_round = 8;
constexpr int greedy = 100, random_probe = 1;
constexpr int epochs = 32;

struct ShapeOfOperator {
    const Subject &subject;
    const Extents &extents;
    std::string name;
    int number;  // the pipeline's, for the cost model
};

class RetrainingLoop {
public:
    RetrainingLoop(const BuildTree &tree, const std::vector<Subject> &subjects,
                   const RetrainingOptions &options)
        : tree_(tree), options_(options), folder_(options.weights + ".samples") {
        for (const Subject &subject : subjects) {
            for (const Extents &extents : subject.shapes) {
                const std::string name = subject.op + " " + shape_text(subject.op, extents);
                shapes_.push_back({subject, extents, name, static_cast<int>(shapes_.size())});
            }
        }
        for (const char *name : {"adams2019_retrain_cost_model", "featurization_to_sample"}) {
            tool(name);
        }
        std::error_code error;
        fs::create_directories(folder_, error);
        check_writable(options.weights);
        if (!fs::exists(options.weights)) {
            write_file(options.weights, built_in_weights(tree.autoschedulers.at("Adams2019")));
        }
        read_log();
    }

    Retraining run() {
        while (result_.done.elapsed < options_.budget || result_.done.samples == 0) {
            const int before = result_.done.samples;
            const bool complete = draw_round();
            if (result_.done.samples > before) {
                train();
            }
            if (!complete || result_.done.samples == before) {
                break;
            }
        }
        for (const ShapeOfOperator &shape : shapes_) {
            result_.shapes.push_back(compare_at(shape));
        }
        return result_;
    }

private:
    std::string tool(const std::string &name) const {
        const auto plugin = tree_.autoschedulers.find("Adams2019");
        const fs::path folder = plugin == tree_.autoschedulers.end()
                                    ? fs::path()
                                    : fs::path(plugin->second).parent_path().parent_path() / "bin";
        std::error_code ignored;
        if (!fs::exists(folder / name, ignored)) {
            throw Error(ExitCode::unsupported,
                        text("Retraining needs Halide's program ", name, ", which is not in '",
                             folder.string(),
                             "'; the Python package 'halide' that 'make tools' installs has it."));
        }
        return (folder / name).string();
    }

    std::string log() const { return folder_ + "/log.jsonl"; }

    void read_log() {
        std::ifstream in(log());
        for (std::string text; std::getline(in, text);) {
            const SampleLine line = SampleLine::parse(text, nullptr, false);
            if (line.is_object()) {
                count(line);
            }
        }
    }

    void count(const SampleLine &line) {
        next_seed_ += line.contains("seed") ? 1 : 0;
        result_.done.elapsed += line.value("elapsed", 0.0);
        const std::string verdict = line.value("verdict", "");
        result_.done.samples += verdict == "timed" ? 1 : 0;
        result_.wrong += verdict == "wrong" ? 1 : 0;
        result_.failed += verdict == "failed" ? 1 : 0;
        result_.done.rounds = line.value("rounds", result_.done.rounds);
    }

    void append(const SampleLine &line) {
        std::ofstream(log(), std::ios::app) << json_document(line) << '\n';
        count(line);
    }

    void stop_if_asked() const { end_if(options_.stop != nullptr && *options_.stop != 0); }

    // False where the budget ended it.
    bool draw_round() {
        for (int i = 0; i < schedules_per_round; i++) {
            for (const ShapeOfOperator &shape : shapes_) {
                if (result_.done.elapsed >= options_.budget && result_.done.samples > 0) {
                    return false;
                }
                draw(shape, i == 0 ? greedy : random_probe);
                stop_if_asked();
                if (options_.progress) {
                    options_.progress(result_.done);
                }
            }
        }
        return true;
    }

    Compiler compiler_for(const ShapeOfOperator &shape) const {
        return Compiler(tree_, shape.subject.op, shape.subject.family, options_.limit, options_.stop);
    }

    // Timed beside fsdnet's schedule, which says how fast the machine is at the moment.
    Measurement time(const ShapeOfOperator &shape, const std::string &best, const std::string &candidate,
                     int pairs) const {
        MeasurementJob job{shape.subject.op, best, candidate, {shape.extents}, false, shape.subject.threads};
        job.pairs = pairs;
        job.give_up = 1e9;
        return measure(tree_, job, options_.limit, tree_.work_folder(shape.subject.op), options_.stop);
    }

    void draw(const ShapeOfOperator &shape, int dropout) {
        const double start = seconds_now();
        const int seed = next_seed_;
        Compiler compiler = compiler_for(shape);
        compiler.set_beam(1);
        compiler.set_sampling({options_.weights, dropout, seed});
        const Compiled compiled = compiler.compile({{}, "Adams2019"}, shape.extents);
        SampleLine line = {{"shape", shape.name}, {"seed", seed}, {"verdict", "failed"}};
        if (compiled.object.empty()) {
            line["sentence"] = compiled.fault;
        } else {
            const Measurement measured = time(shape, default_of(shape), compiled.object, 4);
            line["verdict"] = measured.verdict == Verdict::timed   ? "timed"
                              : measured.verdict == Verdict::wrong ? "wrong"
                                                                   : "failed";
            line["sentence"] = measured.sentence;
            if (measured.verdict == Verdict::timed) {
                const double seconds = median(measured.shapes.front().candidate);
                line["seconds"] = seconds;
                keep_sample(shape, seed, seconds);
            }
            fs::remove(compiled.object);
        }
        stop_if_asked();
        line["elapsed"] = seconds_now() - start;
        append(line);
    }

    const std::string &default_of(const ShapeOfOperator &shape) {
        std::string &object = defaults_[shape.subject.op];
        if (object.empty()) {
            const Compiled compiled = compiler_for(shape).compile({}, shape.extents);
            stop_if_asked();
            if (compiled.object.empty()) {
                throw Error(ExitCode::unsupported,
                            text("The kernel ", shape.subject.op, " cannot be compiled: ", compiled.fault));
            }
            object = compiled.object;
        }
        return object;
    }

    void keep_sample(const ShapeOfOperator &shape, int seed, double seconds) const {
        const std::string features = tree_.work_folder(shape.subject.op) + "/candidate.featurization";
        run_tool({tool("featurization_to_sample"), features, text(seconds), std::to_string(shape.number),
                  std::to_string(seed), text(folder_, "/", seed, ".sample")});
    }

    void run_tool(const std::vector<std::string> &command) const {
        const ProcessOutcome outcome = run_process(command, {options_.limit * 10, options_.stop});
        stop_if_asked();
        if (outcome.code != 0) {
            throw Error(ExitCode::unsupported, text("Halide's program ", command.front(), " ended with code ",
                                                    outcome.code, ": ", outcome.output));
        }
    }

    // On all samples so far, from the weights so far. The tool reads their names from its standard input.
    void train() {
        const std::string list = folder_ + "/samples.txt", next = folder_ + "/next.weights";
        std::ofstream names(list);
        for (const fs::directory_entry &entry : fs::directory_iterator(folder_)) {
            if (entry.path().extension() == ".sample") {
                names << entry.path().string() << '\n';
            }
        }
        names.close();
        std::vector<std::string> command = {"/bin/sh",
                                            "-c",
                                            R"(list=$1; shift; exec "$@" < "$list")",
                                            "sh",
                                            list,
                                            tool("adams2019_retrain_cost_model"),
                                            "--epochs=" + std::to_string(epochs),
                                            "--rates=0.0001",
                                            "--num_cores=1",
                                            "--initial_weights=" + options_.weights,
                                            "--weights_out=" + next,
                                            "--best_benchmark=" + folder_ + "/best.txt",
                                            "--best_schedule=" + folder_ + "/best.schedule.h"};
        run_tool(command);
        fs::rename(next, options_.weights);  // whole or not at all
        append({{"rounds", result_.done.rounds + 1}});
    }

    RetrainedShape compare_at(const ShapeOfOperator &shape) {
        RetrainedShape result;
        result.op = shape.subject.op;
        result.shape = shape.extents;
        Compiler compiler = compiler_for(shape);
        const Compiled own = compiler.compile({{}, "Adams2019"}, shape.extents);
        compiler.set_sampling({options_.weights, greedy, 0});
        const Compiled retrained = compiler.compile({{}, "Adams2019"}, shape.extents);
        stop_if_asked();
        result.fault = own.object.empty() ? own.fault : retrained.fault;
        if (!result.fault.empty()) {
            return result;
        }
        const Measurement beside_default = time(shape, default_of(shape), own.object, 4);
        const Measurement measured = time(shape, own.object, retrained.object, 12);
        stop_if_asked();
        if (measured.verdict != Verdict::timed || beside_default.verdict != Verdict::timed) {
            result.fault = measured.verdict == Verdict::timed ? beside_default.sentence : measured.sentence;
            return result;
        }
        result.default_seconds = median(beside_default.shapes.front().best);
        result.own_seconds = median(measured.shapes.front().best);
        result.retrained_seconds = median(measured.shapes.front().candidate);
        result.ratio = compare(measured.shapes).all;
        return result;
    }

    const BuildTree &tree_;
    const RetrainingOptions &options_;
    std::string folder_;
    std::vector<ShapeOfOperator> shapes_;
    std::map<std::string, std::string> defaults_;  // op -> shared object
    int next_seed_ = 1;
    Retraining result_;
};

}  // namespace

Retraining retrain(const BuildTree &tree, const std::vector<Subject> &subjects,
                   const RetrainingOptions &options) {
    return RetrainingLoop(tree, subjects, options).run();
}

}  // namespace fsd::tuning
