// `fsdnet analyze teacher`: which units of a student do what a teacher's do.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/teacher_report.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "toolkit/analysis/teacher/teacher_plots.h"
#include "toolkit/analysis/teacher/teacher_study.h"
#include "toolkit/sources/labeled_data.h"
#include "toolkit/system/progress.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct AnalyzeTeacher {
    std::string student, teacher, picture;
    DataOptions data;
    analysis::TeacherStudyOptions study;
    std::size_t teacher_layer = 0, student_layer = 0;  // 0: all
    bool json = false;
};

// The same samples for both networks, each in its own format; labels are those of the data, whatever the
// networks give. Evenly spaced: some sources are sorted by class.
Dataset load(const Model &model, const DataOptions &options) {
    const Split split = options.split == "train" ? Split::train : Split::test;
    const Dataset all = load_dataset(options.path, split, format_of(model.input), options.labels);
    return evenly_thinned(all, options.images);
}

void run(const AnalyzeTeacher &options) {
    prepare_outputs({{"STUDENT", options.student},
                     {"--teacher", options.teacher},
                     {"--data", options.data.path},
                     {"--labels", options.data.labels}},
                    {{"--picture", options.picture, picture_endings}}, options.json);
    const Progress progress("compares the student with its teacher");
    const Model student = load_model(chosen_model(options.student)),
                teacher = load_model(chosen_model(options.teacher));
    const Dataset of_student = load(student, options.data), of_teacher = load(teacher, options.data);
    analysis::TeacherStudyOptions wanted = options.study;
    const auto choose = [](std::size_t layer) { return layer > 0 ? std::optional(layer) : std::nullopt; };
    wanted.teacher_layer = choose(options.teacher_layer);
    wanted.student_layer = choose(options.student_layer);
    const analysis::TeacherStudy study =
        analysis::study_teacher({student, of_student.inputs()}, {teacher, of_teacher.inputs()},
                                of_student.labels, static_cast<int>(of_student.classes.size()), wanted);
    if (!options.picture.empty()) {
        save_picture(options.picture, plots_picture(analysis::teacher_plots(study)));
    }
    if (options.json) {
        print_json(json_of(study, of_student.classes));
    } else {
        std::cout << table_of(study, of_student.classes);
    }
}

}  // namespace

void add_analyze_teacher(CLI::App &analyze) {
    auto options = std::make_shared<AnalyzeTeacher>();
    CLI::App &verb = add_verb(
        analyze, "teacher", "Say which units of a student do what those of a teacher do, and how close it is",
        "fsdnet analyze teacher student.safetensors --teacher teacher.safetensors --data "
        "../shared/data/mnist --picture correlations.png");
    verb.add_option("student,--student", options->student, "The student, a network")
        ->type_name("FILE")
        ->required();
    verb.add_option("--teacher", options->teacher, "The teacher, a network that reads the same inputs")
        ->type_name("FILE")
        ->required();
    verb.add_option("-d,--data", options->data.path, "Inputs for both")->type_name("PATH")->required();
    add_labels_option(verb, options->data.labels);
    verb.add_option("--split", options->data.split, "Which part of the data")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number(verb, "--images", options->data.images, at_least(2), "Only N samples, evenly spaced");
    add_number_with_default(verb, "--threshold", options->study.threshold, between(0.0, 1.0),
                            "The correlation from which on a unit counts as matched");
    add_number(verb, "--teacher-layer", options->teacher_layer, at_least<std::size_t>(1),
               "Only the teacher's activations behind its first N layers");
    add_number(verb, "--student-layer", options->student_layer, at_least<std::size_t>(1),
               "The same of the student");
    verb.add_option("--picture", options->picture, "Write maps of the correlations, .png or .svg")
        ->type_name("FILE");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
