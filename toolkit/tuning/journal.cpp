// Appends whole lines; reads them back.
#include "toolkit/tuning/journal.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/tuning/journal_json.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fsd::tuning {
namespace {

// The lines that were written whole.
std::vector<std::string> whole_lines(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const std::string bytes = text.str();
    std::vector<std::string> lines;
    for (std::size_t start = 0, end = 0; (end = bytes.find('\n', start)) != std::string::npos;
         start = end + 1) {
        lines.push_back(bytes.substr(start, end - start));
    }
    return lines;
}

// What `read` makes of a line.
template<typename Read>
auto read_line(const std::string &path, std::size_t number, const std::string &line, Read read) {
    try {
        return read(Json::parse(line));
    } catch (const nlohmann::json::exception &) {
        throw Error(ExitCode::bad_input, text("Line ", number, " of ", path,
                                              " is not what 'fsdnet tune' writes into its log; remove the "
                                              "file to begin a new search."));
    }
}

}  // namespace

bool Subject::operator==(const Subject &other) const {
    return json_of(*this) == json_of(other);
}

Journal::Journal(std::string path, const Subject &subject) : path_(std::move(path)) {
    const std::vector<std::string> lines = whole_lines(path_);
    std::string kept = json_of(subject).dump() + "\n";
    if (!lines.empty() && read_line(path_, 1, lines.front(), subject_from) == subject) {
        for (std::size_t i = 1; i < lines.size(); i++) {
            entries_.push_back(read_line(path_, i + 1, lines[i], entry_from));
            kept += lines[i] + "\n";
        }
    } else if (!lines.empty()) {
        std::filesystem::rename(path_, path_ + ".old");
    }
    write_file(path_, kept);
}

double Journal::elapsed() const {
    double sum = 0;
    for (const JournalEntry &entry : entries_) {
        sum += entry.elapsed;
    }
    return sum;
}

void Journal::append(const JournalEntry &entry) {
    std::ofstream out(path_, std::ios::app | std::ios::binary);
    out << json_of(entry).dump() << '\n' << std::flush;
    if (!out) {
        throw Error(ExitCode::bad_input, text("The log ", path_, " cannot be written."));
    }
    entries_.push_back(entry);
}

Subject subject_of(const std::string &path) {
    const std::vector<std::string> lines = whole_lines(path);
    if (lines.empty()) {
        throw Error(ExitCode::bad_input, text(path, " is no log of 'fsdnet tune': it has no line."));
    }
    return read_line(path, 1, lines.front(), subject_from);
}

}  // namespace fsd::tuning
