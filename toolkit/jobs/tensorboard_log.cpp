// Event files without TensorFlow: TFRecord's framing around messages of protobuf's wire format, which has few
// enough kinds here to be written by hand: tensorflow/core/util/event.proto and framework/summary.proto.
#include "toolkit/jobs/tensorboard_log.h"

#include "runtime/error.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <memory>
#include <sstream>

#include <unistd.h>

namespace fsd {
namespace {

namespace fs = std::filesystem;

// CRC-32C (Castagnoli), bit by bit: some hundred bytes per epoch.
std::uint32_t checksum(const std::string &bytes) {
    constexpr std::uint32_t polynomial = 0x82f63b78;
    std::uint32_t crc = ~0u;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? polynomial : 0);
        }
    }
    return ~crc;
}

// As TFRecord wants it, so that checksums of data that hold checksums stay useful.
std::uint32_t masked_checksum(const std::string &bytes) {
    const std::uint32_t crc = checksum(bytes);
    return (crc >> 15 | crc << 17) + 0xa282ead8;
}

// x86 is little-endian, as the format is.
template<typename Number>
std::string bytes_of(Number number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

std::string varint(std::uint64_t number) {
    std::string bytes;
    for (; number >= 128; number >>= 7) {
        bytes += static_cast<char>(number % 128 + 128);
    }
    return bytes + static_cast<char>(number);
}

enum WireType { whole = 0, eight_bytes = 1, sized = 2, four_bytes = 5 };

std::string key(int field, WireType type) {
    return varint(field * 8 + type);
}

std::string sized_field(int field, const std::string &bytes) {
    return key(field, sized) + varint(bytes.size()) + bytes;
}

std::string event_now(const std::string &rest) {
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    return key(1, eight_bytes) + bytes_of(now.count()) + rest;
}

std::string scalar(const std::string &tag, double value) {
    return sized_field(1, sized_field(1, tag) + key(2, four_bytes) + bytes_of(static_cast<float>(value)));
}

std::string scalars_of(const Trainer &trainer, const Evaluation *test) {
    const EpochRecord &epoch = trainer.history().back();
    std::string all = scalar("loss/training", epoch.loss) + scalar("rate", trainer.rate());
    if (trainer.has_classes()) {
        all += scalar("accuracy/training", epoch.accuracy);
    }
    if (epoch.held_out_loss) {
        all += scalar("loss/held_out", *epoch.held_out_loss);
    }
    if (test) {
        all += scalar("loss/test", test->nll) + scalar("accuracy/test", test->accuracy);
    }
    return all;
}

// One run's file.
class EventFile {
public:
    // `step`: behind which its events come; what an older file has beyond it is void.
    EventFile(const fs::path &folder, std::int64_t step) {
        std::error_code error;
        fs::create_directories(folder, error);
        if (error) {
            throw Error(ExitCode::bad_input,
                        text("The folder '", folder.string(),
                             "' for TensorBoard cannot be made: ", error.message(), "."));
        }
        const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
        std::ostringstream name;
        name << "events.out.tfevents." << std::fixed << std::setprecision(6) << now.count() << ".fsdnet."
             << getpid();
        path_ = folder / name.str();
        stream_.open(path_, std::ios::binary);
        write(event_now(sized_field(3, "brain.Event:2")));
        constexpr int start = 1;
        write(event_now(key(2, whole) + varint(step + 1) + sized_field(7, key(1, whole) + varint(start))));
    }

    void add(std::int64_t step, const std::string &scalars) {
        write(event_now(key(2, whole) + varint(step) + sized_field(5, scalars)));
    }

private:
    void write(const std::string &event) {
        stream_ << event_record(event) << std::flush;
        if (!stream_) {
            throw Error(ExitCode::bad_input,
                        text(path_.string(), ": cannot be written. Is the folder's disk full, or "
                                             "may you not write there?"));
        }
    }

    fs::path path_;
    std::ofstream stream_;
};

struct Log {
    TrainingEvents inner;
    fs::path folder;
    const Trainer *trainer = nullptr;
    std::unique_ptr<EventFile> file;
};

// "hold-out: " is the folder hold-out.
fs::path folder_of(const Log &log, const std::string &run) {
    const std::string name = run.substr(0, run.find(':'));
    return name.empty() ? log.folder : log.folder / name;
}

}  // namespace

std::string event_record(const std::string &data) {
    const std::string length = bytes_of(static_cast<std::uint64_t>(data.size()));
    return length + bytes_of(masked_checksum(length)) + data + bytes_of(masked_checksum(data));
}

TrainingEvents also_to_tensorboard(TrainingEvents events, const std::string &folder) {
    if (folder.empty()) {
        return events;
    }
    auto log = std::make_shared<Log>();
    log->inner = events;
    log->folder = folder;
    events.begun = [log](const Trainer &trainer, const std::string &run) {
        log->trainer = &trainer;
        log->file = std::make_unique<EventFile>(folder_of(*log, run), trainer.history().size());
        log->inner.begun(trainer, run);
    };
    events.epoch = [log](double seconds, const Evaluation *test) {
        log->inner.epoch(seconds, test);
        log->file->add(static_cast<std::int64_t>(log->trainer->history().size()),
                       scalars_of(*log->trainer, test));
    };
    return events;
}

}  // namespace fsd
