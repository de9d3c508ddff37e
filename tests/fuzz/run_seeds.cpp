// What trainings and searches leave behind, whole and wrong in one place each.
#include "tests/fuzz/seed_folder.h"
#include "tests/fuzz/spoiled.h"
#include "toolkit/training/checkpoint.h"
#include "toolkit/training/checkpoint_seal.h"
#include "toolkit/tuning/journal.h"
#include "toolkit/tuning/record.h"

#include <cstring>
#include <limits>

namespace fsd::testing {

void runs(Seeds &seeds) {
    Checkpoint checkpoint;
    checkpoint.identity = {
        {"format", "fsdnet-checkpoint"}, {"version", "6"}, {"seed", "1"}, {"noise", "0"}, {"parts", "1"}};
    checkpoint.step = 4;
    checkpoint.losses = {0.5};
    checkpoint.accuracies = {0.9};
    checkpoint.held_out_losses = {{1, 0.4}};
    checkpoint.vectors = {{"parameters", make_tensor<float>({16})},
                          {"adam_moment1", make_tensor<float>({16})}};
    const std::string saved = seeds.path("checkpoint");
    save_checkpoint(checkpoint, saved);
    std::string changed = read_bytes(saved);
    changed.back() = static_cast<char>(changed.back() ^ 1);
    seeds.write("checkpoint", changed);
    const auto save = [&](const auto &change) {
        Checkpoint other = checkpoint;
        change(other);
        save_checkpoint(other, seeds.path("checkpoint"));
    };
    for (const char *version : {"2", "3", "4", "5", "7"}) {
        save([&](Checkpoint &other) {
            other.identity["version"] = version;
            other.identity.erase("parts");
            if (*version < '5') {
                other.identity.erase("noise");
            }
        });
    }
    for (const char *parts : {"3", "0", "x", "99999999999999999999"}) {
        save([&](Checkpoint &other) { other.identity["parts"] = parts; });
    }
    save([](Checkpoint &other) { other.identity.erase("format"); });
    save([](Checkpoint &other) { other.identity.erase("seed"); });
    save([](Checkpoint &other) { other.identity["seed"] = "2"; });
    save([](Checkpoint &other) { other.step = -1; });
    save([](Checkpoint &other) { other.loss_sum = std::numeric_limits<double>::infinity(); });
    save([](Checkpoint &other) { other.held_out_losses = {{7, 0.4}}; });
    save([](Checkpoint &other) { other.held_out_losses = {{1, 0.4}, {2, 0.4}}; });
    save([](Checkpoint &other) { other.vectors["parameters"] = make_tensor<float>({15}); });
    save([](Checkpoint &other) { other.vectors["parameters"] = make_tensor<double>({16}); });
    save([](Checkpoint &other) { other.vectors["more"] = make_tensor<float>({1}); });
    save([](Checkpoint &other) {
        other.vectors["parameters"] = make_tensor<float>({16});
        static_cast<float *>(other.vectors["parameters"].data())[3] = std::numeric_limits<float>::quiet_NaN();
    });

    const Tensor odd = make_tensor<double>({4});
    std::memset(odd.data(), 0, odd.size_in_bytes());
    seeds.write("checkpoint", sealed_file(checkpoint.identity, {{"progress", odd}}));

    using namespace fsd::tuning;
    const std::string path = seeds.path("tuning_log");
    Journal journal(path, Subject{"kld_linear", "avx2", "CPU", "0123456789abcdef", 1, {{{"sample", 4}}}});
    JournalEntry entry;
    entry.candidate.parameters = {{"rows", "12"}};
    entry.verdict = "failed";
    entry.sentence = "It was killed by signal 11.";
    entry.against = "default";
    journal.append(entry);
    entry.verdict = "timed";
    entry.comparison.shapes = {{0.9, 1, 1.1}};
    entry.best_seconds = entry.seconds = {0.001};
    entry.candidate.autoscheduler = "Adams2019";
    entry.shape = 0;
    entry.final = true;
    journal.append(entry);
    for (const Subject &subject : {Subject{"no_operator", "avx2", "CPU", "", 1, {{{"sample", 4}}}},
                                   Subject{"kld_linear", "no_target", "CPU", "", 1, {{{"sample", 4}}}},
                                   Subject{"kld_linear", "opencl", "GPU", "", 1, {{{"no_axis", 4}}}},
                                   Subject{"kld_linear", "avx2", "CPU", "", 1, {}}}) {
        Journal(seeds.path("tuning_log"), subject);
    }
    Record record;
    record.subject = {"kld_linear", "avx2", "CPU", "0123", 2, {{{"sample", 4}}}};
    record.shapes.push_back(ShapeRecord{
        {{"sample", 4}}, 0.001, {0.9, 1, 1.1}, {{"Adams2019", 1.5}, {"Mullapudi2016", std::nullopt}}});
    write_all(seeds, "tuning_log", spoiled_json(read_bytes(path)));
    const std::string kept = seeds.path("tuning_log");
    keep_record(kept, record);
    seeds.write("tuning_log", read_bytes(path).substr(0, 9));  // no whole line
    for (const std::string &op : recorded_ops(FSDNET_SOURCE)) {
        share(seeds, record_path(FSDNET_SOURCE, op), "tuning_log");
    }
}

}  // namespace fsd::testing
