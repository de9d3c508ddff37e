// The loop of Halide's adams2019_autotune_loop.sh, on kernels that are checked, and for the whole target:
// that script leaves AVX-512 out.
#include "toolkit/tuning/retraining.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/system/clock.h"
#include "toolkit/system/process.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/interruption.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/model_weights.h"
#include "toolkit/tuning/report.h"
#include "toolkit/tuning/retraining_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

namespace fsd::tuning {
namespace {

namespace fs = std::filesystem;

// A round draws so many schedules at each shape: the model's best, then random ones near its choices. The
// chance that the search takes the best choice at all of its steps, in percent, is Halide's own.
constexpr int schedules_per_round = 8;
constexpr int greedy = 100, random_probe = 1;
constexpr int epochs = 32;

// Of the budget, for the comparison at the end.
constexpr double comparing_share = 1.0 / 3;

// Halide's tools take as long as there are samples.
constexpr double tool_limits = 10;  // in those of a schedule

// Thrown where the time for what is at work is over.
struct OutOfTime {};
constexpr double forever = std::numeric_limits<double>::infinity();

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
        : tree_(tree), options_(options), folder_(options.weights + ".samples"), log_(folder_) {
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
    }

    Retraining run() {
        const double end = options_.began + options_.budget - log_.done().elapsed;
        bool goes_on = true;
        while (goes_on) {
            const int before = log_.done().samples;
            goes_on = draw_round(end - comparing_share * options_.budget) && log_.done().samples > before;
            goes_on = learn(end) && goes_on;
        }
        std::vector<RetrainedShape> shapes;
        for (const ShapeOfOperator &shape : shapes_) {
            shapes.push_back(compared(shape, end));
        }
        return {log_.done(), log_.wrong(), log_.failed(), shapes};
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

    double seconds_left() const { return std::max(end_ - seconds_now(), 0.0); }
    double limit() const { return std::min(options_.limit, seconds_left()); }

    // Does the work until `end`; false where that ended it, which is logged.
    template<typename Work>
    bool done_before(double end, Work work) {
        const double start = seconds_now();
        end_ = end;
        if (start >= end) {
            return false;
        }
        try {
            work(start);
            return true;
        } catch (const OutOfTime &) {
            log_.given_up(seconds_now() - start);
            return false;
        }
    }

    // After a program that had until limit().
    void stop_if_over() const {
        end_if(options_.stop != nullptr && *options_.stop != 0);
        if (seconds_left() <= 0) {
            throw OutOfTime();
        }
    }

    // False where time or schedules are used up.
    bool draw_round(double end) {
        for (int i = 0; i < schedules_per_round; i++) {
            for (const ShapeOfOperator &shape : shapes_) {
                const int dropout = i == 0 ? greedy : random_probe;
                if (log_.drawn() >= options_.schedules ||
                    !done_before(log_.drawn() == 0 ? forever : end,
                                 [&](double start) { draw(shape, dropout, start); })) {
                    return false;
                }
                if (options_.progress) {
                    options_.progress(log_.done());
                }
            }
        }
        return true;
    }

    // Of the samples that the weights have not seen.
    bool learn(double end) {
        return log_.done().samples == log_.done().learned ||
               done_before(log_.done().rounds == 0 ? forever : end, [&](double start) { train(start); });
    }

    RetrainedShape compared(const ShapeOfOperator &shape, double end) {
        if (const std::optional<RetrainedShape> known = log_.compared(shape.name)) {
            return *known;
        }
        RetrainedShape result;
        result.op = shape.subject.op;
        result.shape = shape.extents;
        result.left_out = !done_before(end, [&](double start) {
            compare_at(shape, result);
            log_.comparison(shape.name, result, seconds_now() - start);
        });
        return result;
    }

    Compiler compiler_for(const ShapeOfOperator &shape) const {
        return Compiler(tree_, shape.subject.op, shape.subject.family, limit(), options_.stop);
    }

    Compiled proposal(const Compiler &compiler, const ShapeOfOperator &shape) const {
        Compiled compiled = compiler.compile({{}, "Adams2019"}, shape.extents);
        stop_if_over();
        return compiled;
    }

    // Timed beside fsdnet's schedule, which says how fast the machine is at the moment.
    Measurement time(const ShapeOfOperator &shape, const std::string &best, const std::string &candidate,
                     int pairs) const {
        MeasurementJob job{shape.subject.op, best, candidate, {shape.extents}, false, shape.subject.threads};
        job.pairs = pairs;
        job.give_up = 1e9;
        Measurement measured =
            measure(tree_, job, limit(), tree_.work_folder(shape.subject.op), options_.stop);
        stop_if_over();
        return measured;
    }

    void draw(const ShapeOfOperator &shape, int dropout, double start) {
        const int seed = log_.drawn() + 1;
        Compiler compiler = compiler_for(shape);
        compiler.set_beam(1);
        compiler.set_sampling({options_.weights, dropout, seed});
        const Compiled compiled = proposal(compiler, shape);
        DrawnSchedule drawn{shape.name, seed, "failed", compiled.fault};
        if (!compiled.object.empty()) {
            const Measurement measured = time(shape, default_of(shape), compiled.object, 4);
            drawn.sentence = measured.sentence;
            if (measured.verdict == Verdict::timed) {
                drawn.verdict = "timed";
                drawn.seconds = median(measured.shapes.front().candidate);
                keep_sample(shape, seed, drawn.seconds);
            } else if (measured.verdict == Verdict::wrong) {
                drawn.verdict = "wrong";
            }
            fs::remove(compiled.object);
        }
        log_.schedule(drawn, seconds_now() - start);
    }

    const std::string &default_of(const ShapeOfOperator &shape) {
        std::string &object = defaults_[shape.subject.op];
        if (object.empty()) {
            const Compiled compiled = compiler_for(shape).compile({}, shape.extents);
            stop_if_over();
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
        const double most = std::min(tool_limits * options_.limit, seconds_left());
        const ProcessOutcome outcome = run_process(command, {most, options_.stop});
        stop_if_over();
        if (outcome.code != 0) {
            throw Error(ExitCode::unsupported, text("Halide's program ", command.front(), " ended with code ",
                                                    outcome.code, ": ", outcome.output));
        }
    }

    // On all samples so far, from the weights so far. The tool reads their names from its standard input.
    void train(double start) {
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
        log_.training(seconds_now() - start);
    }

    void compare_at(const ShapeOfOperator &shape, RetrainedShape &result) {
        const Compiled own = proposal(compiler_for(shape), shape);
        Compiler compiler = compiler_for(shape);
        compiler.set_sampling({options_.weights, greedy, 0});
        const Compiled retrained = proposal(compiler, shape);
        result.fault = own.object.empty() ? own.fault : retrained.fault;
        if (!result.fault.empty()) {
            return;
        }
        const Measurement beside_default = time(shape, default_of(shape), own.object, 4);
        const Measurement measured = time(shape, own.object, retrained.object, 12);
        if (measured.verdict != Verdict::timed || beside_default.verdict != Verdict::timed) {
            result.fault = measured.verdict == Verdict::timed ? beside_default.sentence : measured.sentence;
            return;
        }
        result.default_seconds = median(beside_default.shapes.front().best);
        result.own_seconds = median(measured.shapes.front().best);
        result.retrained_seconds = median(measured.shapes.front().candidate);
        result.ratio = compare(measured.shapes).all;
    }

    const BuildTree &tree_;
    const RetrainingOptions &options_;
    std::string folder_;
    RetrainingLog log_;
    std::vector<ShapeOfOperator> shapes_;
    std::map<std::string, std::string> defaults_;  // op -> shared object
    double end_ = forever;                         // of what is at work
};

}  // namespace

Retraining retrain(const BuildTree &tree, const std::vector<Subject> &subjects,
                   const RetrainingOptions &options) {
    return RetrainingLoop(tree, subjects, options).run();
}

}  // namespace fsd::tuning
