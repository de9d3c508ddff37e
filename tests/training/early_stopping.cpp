// Early stopping: when it ends a run, whose numbers it keeps, and what of it travels in a checkpoint.
#include "runtime/formats/safetensors.h"
#include "tests/datasets/files.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/training/checkpoint_seal.h"
#include "toolkit/training/trainer.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <limits>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

TrainingOptions patient_recipe(int patience) {
    TrainingOptions options = short_recipe();
    options.epochs = 6;
    options.patience = patience;
    return options;
}

// The second epoch is the best one; the fourth is equal, the third and the fifth are worse.
const std::vector<double> course = {3, 2, std::nan(""), 2, 2.5, 2.4};

// Runs on as the loop of a job does, with losses that are given and not measured; to `step` at most.
void run_judged(Trainer &trainer, std::int64_t step) {
    while (!trainer.finished() && trainer.step() < step) {
        trainer.run_step();
        if (!trainer.is_judged()) {
            trainer.judge(course.at(trainer.history().size() - 1));
        }
    }
}

// Writes the checkpoint as an older version did, which lacked these keys.
void make_old(const std::string &path, const std::string &old_path, const std::string &version,
              const std::vector<std::string> &lacking) {
    const SafetensorsFile file(path);
    std::map<std::string, std::string> metadata = file.metadata();
    metadata["version"] = version;
    metadata.erase("digest");
    for (const std::string &key : lacking) {
        REQUIRE(metadata.erase(key) == 1);
    }
    std::map<std::string, Tensor> tensors;
    for (const auto &[name, place] : file.tensors()) {
        const auto count = static_cast<int>(place.shape.at(0));
        tensors[name] = name == "progress" ? make_tensor<double>({count}) : make_tensor<float>({count});
        file.read(place, tensors[name].data());
    }
    const std::string bytes = sealed_file(metadata, tensors);
    std::ofstream(old_path, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("patience ends a training and gives the best epoch's numbers back", "[training]") {
    for (const Model &network : {bar_network(), normalized_bar_network()}) {
        const Dataset dataset = bars(97, 1);
        Trainer best(network, dataset, patient_recipe(0));
        run_to(best, 18);
        Trainer patient(network, dataset, patient_recipe(3));
        run_judged(patient, 1000);
        REQUIRE(patient.finished());
        REQUIRE(patient.history().size() == 5);
        REQUIRE(patient.best_epoch() == 2);
        REQUIRE(std::isinf(*patient.history()[2].held_out_loss));
        REQUIRE_FALSE(same_bits(patient.model(), best.model()));
        patient.take_best();
        REQUIRE(same_bits(patient.model(), best.model()));

        Trainer without(network, dataset, patient_recipe(0)), judged(network, dataset, patient_recipe(0));
        run_to(without, without.steps());
        run_judged(judged, 1000);
        judged.take_best();  // which changes nothing without patience
        REQUIRE(judged.best_epoch() == 2);
        REQUIRE(same_bits(judged.model(), without.model()));
    }
}

TEST_CASE("a resumed training stops where an uninterrupted one does, with its bits", "[training]") {
    const Dataset dataset = bars(97, 1);
    Trainer whole(bar_network(), dataset, patient_recipe(2));
    run_judged(whole, 1000);
    REQUIRE(whole.step() == 36);
    const TemporaryFolder folder;
    for (const std::int64_t stop : {0, 5, 9, 18, 20, 27, 36}) {
        INFO("interrupted after step " << stop);
        Trainer interrupted(bar_network(), dataset, patient_recipe(2));
        run_judged(interrupted, stop);
        interrupted.save(folder / "checkpoint");
        Trainer resumed(bar_network(), dataset, patient_recipe(2));
        run_judged(resumed, 12);  // load replaces whatever was there
        resumed.load(folder / "checkpoint");
        run_judged(resumed, 1000);
        REQUIRE(resumed.step() == 36);
        resumed.take_best();
        Trainer end(bar_network(), dataset, patient_recipe(2));
        run_judged(end, 1000);
        end.take_best();
        REQUIRE(same_bits(resumed.model(), end.model()));
        REQUIRE(same_history(resumed, whole));
        REQUIRE(resumed.best_epoch() == 2);
    }
    // Saved behind an epoch's last step, before somebody judged it.
    Trainer unjudged(bar_network(), dataset, patient_recipe(2));
    run_judged(unjudged, 26);
    unjudged.run_step();
    unjudged.save(folder / "unjudged");
    Trainer resumed(bar_network(), dataset, patient_recipe(2));
    resumed.load(folder / "unjudged");
    REQUIRE_FALSE(resumed.is_judged());
    resumed.judge(1);
    REQUIRE(resumed.best_epoch() == 3);
}

TEST_CASE("checkpoints of older versions are resumed, by runs that they can belong to", "[training]") {
    const Dataset dataset = bars(97, 1);
    Trainer whole(bar_network(), dataset, short_recipe());
    run_to(whole, 13);
    const TemporaryFolder folder;
    whole.save(folder / "new");
    make_old(folder / "new", folder / "old", "3", {"patience", "class weights", "noise", "parts"});
    make_old(folder / "new", folder / "old-4", "4", {"noise", "parts"});
    make_old(folder / "new", folder / "old-5", "5", {"parts"});
    run_to(whole, whole.steps());
    for (const char *old : {"old", "old-4", "old-5"}) {
        Trainer resumed(bar_network(), dataset, short_recipe());
        resumed.load(folder / old);
        run_to(resumed, resumed.steps());
        REQUIRE(same_bits(resumed.model(), whole.model()));
    }
    TrainingOptions options = short_recipe();
    options.augmentation.noise = 20;
    Trainer noisy(bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(noisy, folder / "old-4"), Contains("its noise is 0, not 20"));
    options = short_recipe();
    options.patience = 2;
    Trainer patient(bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(patient, folder / "old"), Contains("its patience is 0, not 2"));
    options.patience = 0;
    options.class_weights = "1,2,3";
    Trainer weighted(bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(weighted, folder / "old"),
                 Contains("class weights is not given, not 1,2,3"));
}

TEST_CASE("patience without held-out samples is refused", "[training]") {
    const Dataset dataset = bars(97, 1);
    TrainingOptions options = patient_recipe(2);
    options.holdout = 0;
    REQUIRE_THAT(refusal_of(bar_network(), dataset, options), Contains("patience 2, hold-out 0"));
    options = patient_recipe(-1);
    REQUIRE_THAT(refusal_of(bar_network(), dataset, options), Contains("patience -1"));
}
