// The course of a training: early stopping, weighted classes, part of the images, TensorBoard's files.
#include "tests/command_line/process.h"
#include "tests/command_line/training_place.h"
#include "tests/runtime/models.h"
#include "toolkit/jobs/tensorboard_log.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

struct LoggedEpoch {
    int epoch = 0;
    std::map<std::string, float> scalars;
};

// Reads an event file back, field by field; the checksums are compared with those of event_record.
class EventReader {
public:
    explicit EventReader(std::string bytes) : bytes_(std::move(bytes)) {}

    std::vector<LoggedEpoch> epochs() {
        std::vector<LoggedEpoch> all;
        for (std::size_t at = 0; at < bytes_.size();) {
            const auto length = number<std::uint64_t>(bytes_, at);
            const std::string event = bytes_.substr(at + 12, length);
            REQUIRE(bytes_.substr(at, length + 16) == event_record(event));
            at += length + 16;
            const LoggedEpoch epoch = read_event(event);
            if (!epoch.scalars.empty()) {
                all.push_back(epoch);
            }
        }
        return all;
    }

private:
    template<typename Number>
    static Number number(const std::string &bytes, std::size_t at) {
        Number value{};
        REQUIRE(at + sizeof value <= bytes.size());
        std::memcpy(&value, bytes.data() + at, sizeof value);
        return value;
    }

    static std::uint64_t varint(const std::string &bytes, std::size_t &at) {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes.at(at++));
            value |= static_cast<std::uint64_t>(byte & 127) << shift;
            if (byte < 128) {
                return value;
            }
        }
    }

    // Field number and contents of each field: of varints the number as text.
    static std::vector<std::pair<int, std::string>> fields(const std::string &message) {
        std::vector<std::pair<int, std::string>> all;
        for (std::size_t at = 0; at < message.size();) {
            const std::uint64_t key = varint(message, at);
            const int type = key % 8;
            if (type == 0) {
                all.emplace_back(key / 8, std::to_string(varint(message, at)));
                continue;
            }
            const std::size_t size = type == 1 ? 8 : type == 5 ? 4 : varint(message, at);
            all.emplace_back(key / 8, message.substr(at, size));
            at += size;
        }
        return all;
    }

    static LoggedEpoch read_event(const std::string &event) {
        LoggedEpoch epoch;
        for (const auto &[field, contents] : fields(event)) {
            epoch.epoch = field == 2 ? std::stoi(contents) : epoch.epoch;
            if (field != 5) {
                continue;
            }
            for (const auto &value : fields(contents)) {
                const auto parts = fields(value.second);
                epoch.scalars[parts.at(0).second] = number<float>(parts.at(1).second, 0);
            }
        }
        return epoch;
    }

    std::string bytes_;
};

std::vector<LoggedEpoch> tensorboard_epochs(const std::string &folder) {
    std::vector<LoggedEpoch> all;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        if (entry.path().string().find("tfevents") != std::string::npos) {
            const std::vector<LoggedEpoch> more = EventReader(read_bytes(entry.path())).epochs();
            all.insert(all.end(), more.begin(), more.end());
        }
    }
    return all;
}

}  // namespace

TEST_CASE("training stops early, refits for as long and says so", "[command_line][train]") {
    const TrainingPlace work;
    // Labels that have nothing to do with the images: what is learned of them makes others' loss larger.
    write_images(noise({8, 8, 1}, 240, 3, 1), work / "noise/train");
    const auto command = [&](const std::string &output, const std::vector<std::string> &more) {
        std::vector<std::string> words =
            work.command(output, {"--epochs", "60", "--patience", "2", "--holdout", "40"});
        std::replace(words.begin(), words.end(), work / "data", work / "noise");
        words.insert(words.end(), more.begin(), more.end());
        return words;
    };
    const nlohmann::json result =
        fsdnet_json(command("model", {"--log", work / "log.csv", "--curves", work / "curves.svg"}));
    const std::size_t epochs = result["epochs"].size(), best = result["best_epoch"];
    REQUIRE(epochs < 60);
    REQUIRE(best + 2 == epochs);
    for (const auto &epoch : result["epochs"]) {
        REQUIRE(epoch["held_out_loss"] >= result["epochs"][best - 1]["held_out_loss"]);
    }
    REQUIRE_THAT(read_bytes(work / "log.csv"),
                 Contains("held_out_loss") &&
                     Contains(result["epochs"][best - 1]["held_out_loss"].dump() + ",\n"));
    REQUIRE_THAT(read_bytes(work / "curves.svg"), Contains("\nheld out\n"));
    REQUIRE_THAT(load_model(work / "model").notes.at("command"), Contains(" --patience 2 "));
    // The calibration's first figure is the loss of the weights that were kept.
    REQUIRE(result["calibration"]["nll_before"].get<double>() ==
            Approx(result["epochs"][best - 1]["held_out_loss"].get<double>()).epsilon(1e-6));

    const nlohmann::json refit =
        fsdnet_json(command("refit", {"--refit", "--log", work / "both.csv", "--curves", work / "both.svg"}));
    REQUIRE(refit["epochs"].size() == best);
    REQUIRE(refit["images"] == 240);
    // Both trainings are in the log and in the picture.
    const std::string log = read_bytes(work / "both.csv");
    const std::ptrdiff_t lines = std::count(log.begin(), log.end(), '\n');
    REQUIRE(lines == static_cast<std::ptrdiff_t>(1 + epochs + best));
    REQUIRE_THAT(log, Contains(",hold-out\n") && Contains("\n" + std::to_string(best) + ",") &&
                          Contains(",all\n"));
    REQUIRE_THAT(read_bytes(work / "both.svg"),
                 Contains("Loss, some samples held out") && Contains("Accuracy, again on all samples"));
    require_refusal(work.command("m", {"--patience", "2", "--holdout", "0"}), 2,
                    "--holdout must be at least 2");
    require_refusal(work.command("m", {"--patience", "0"}), 2, "--patience");
}

TEST_CASE("train takes evenly spaced images, and weights for their classes", "[command_line][train]") {
    const TrainingPlace work;
    const nlohmann::json result = fsdnet_json(work.command(
        "model", {"--epochs", "2", "--images", "100", "--class-weights", "balanced", "--holdout", "20"}));
    REQUIRE(result["images"] == 80);
    REQUIRE_THAT(load_model(work / "model").notes.at("command"),
                 Contains(" --images 100 ") && Contains(" --class-weights balanced "));
    require_refusal(work.command("m", {"--class-weights", "1,2"}), 2, "2 class weights");
    require_refusal(work.command("m", {"--images", "0"}), 2, "--images");
}

TEST_CASE("train writes what TensorBoard reads", "[command_line][train]") {
    // The published check value of CRC-32C: e3069283 of "123456789". Masked, and little-endian:
    const std::string record = event_record("123456789");
    REQUIRE(record.size() == 25);
    REQUIRE(record.substr(21) == "\xe5\xb0\x8a\xc7");
    const TrainingPlace work;
    const nlohmann::json result = fsdnet_json(work.command(
        "model", {"--epochs", "3", "--holdout", "40", "--evaluate", "--tensorboard", work / "a/board"}));
    const std::vector<LoggedEpoch> logged = tensorboard_epochs(work / "a/board");
    REQUIRE(logged.size() == 3);
    for (int i = 0; i < 3; i++) {
        const nlohmann::json &epoch = result["epochs"][i];
        std::map<std::string, float> scalars = logged[i].scalars;
        REQUIRE(logged[i].epoch == i + 1);
        REQUIRE(scalars.size() == 6);
        REQUIRE(scalars["loss/training"] == epoch["loss"].get<float>());
        REQUIRE(scalars["accuracy/training"] == epoch["accuracy"].get<float>());
        REQUIRE(scalars["loss/held_out"] == epoch["held_out_loss"].get<float>());
        REQUIRE(scalars["loss/test"] == epoch["test"]["nll"].get<float>());
        REQUIRE(scalars["accuracy/test"] == epoch["test"]["accuracy"].get<float>());
    }
    REQUIRE(logged[0].scalars.at("rate") == Approx(0.0225));
    REQUIRE(fsdnet(work.command("refit", {"--epochs", "1", "--holdout", "40", "--refit", "--tensorboard",
                                          work / "both"}))
                .code == 0);
    REQUIRE(tensorboard_epochs(work / "both/hold-out").size() == 1);
    REQUIRE(tensorboard_epochs(work / "both/all").size() == 1);
    write_bytes(work / "file", "");
    require_refusal(work.command("m", {"--tensorboard", work / "file"}), 3, "for TensorBoard cannot be made");
}
