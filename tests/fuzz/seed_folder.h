// A folder of seeds, and who writes into it.
#pragma once

#include "tests/runtime/models.h"
#include "tests/temporary_folder.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace fsd::testing {

inline constexpr std::uintmax_t largest_seed = 16384;

class Seeds {
public:
    explicit Seeds(std::string folder) : folder_(std::move(folder)) {}

    // Where a writer is to put a seed of a fuzzer.
    std::string path(const std::string &fuzzer) {
        std::filesystem::create_directories(folder_ + "/" + fuzzer);
        return folder_ + "/" + fuzzer + "/" + std::to_string(count_++);
    }
    void write(const std::string &fuzzer, const std::string &bytes) { write_bytes(path(fuzzer), bytes); }
    void write(const std::string &fuzzer, const Bytes &bytes) {
        write(fuzzer, std::string(bytes.begin(), bytes.end()));
    }

private:
    std::string folder_;
    int count_ = 0;
};

// Also for a fuzzer that looks at the same kind of file in another way, unless it is large.
inline void share(Seeds &seeds, const std::string &path, const std::string &fuzzer) {
    if (std::filesystem::is_regular_file(path) && std::filesystem::file_size(path) <= largest_seed) {
        seeds.write(fuzzer, read_bytes(path));
    }
}

template<typename File>
void write_all(Seeds &seeds, const std::string &fuzzer, const std::vector<File> &files) {
    for (const File &file : files) {
        seeds.write(fuzzer, file);
    }
}

// IDX, CIFAR-10, tar; ZIP and packed tar, arrays in ZIP.
void image_sets(Seeds &seeds);
void packed(Seeds &seeds);

// Checkpoints of trainings, logs and records of searches.
void runs(Seeds &seeds);

}  // namespace fsd::testing
