// Appends whole lines; reads them back.
#include "toolkit/tuning/journal.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/write_all.h"
#include "runtime/signature.h"
#include "toolkit/system/json_document.h"
#include "toolkit/system/limited_file.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/journal_json.h"
#include "toolkit/tuning/shapes.h"

#include "instruction_set_table.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>

namespace fsd::tuning {
namespace {

constexpr std::uint64_t most_log_bytes = 256 << 20;

std::string bytes_of(const std::string &path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? read_limited(path, most_log_bytes, "a log") : "";
}

// The lines that were written whole.
std::vector<std::string> whole_lines(const std::string &path) {
    const std::string bytes = bytes_of(path);
    std::vector<std::string> lines;
    for (std::size_t start = 0, end = 0; (end = bytes.find('\n', start)) != std::string::npos;
         start = end + 1) {
        lines.push_back(bytes.substr(start, end - start));
    }
    return lines;
}

[[noreturn]] void refuse_line(const std::string &path, std::size_t number) {
    throw Error(ExitCode::bad_input, text("Line ", number, " of ", path,
                                          " is not what 'fsdnet tune' writes into its log; remove the "
                                          "file to begin a new search."));
}

// What `read` makes of a line.
template<typename Read>
auto read_line(const std::string &path, std::size_t number, const std::string &line, Read read) {
    try {
        return read(Json::parse(line));
    } catch (const nlohmann::json::exception &) {
    } catch (const NotALog &) {}
    refuse_line(path, number);
}

// The names in a log become names of programs and of files.
void check_names(const std::string &path, const Subject &subject) {
    const auto refuse = [&](const std::string &what) {
        throw Error(ExitCode::bad_input, text(path, " is about ", what, "; nothing was run."));
    };
    try {
        signature_of(subject.op);
    } catch (const Error &) {
        refuse(text("the operator '", subject.op, "', which this fsdnet does not have"));
    }
    const bool known =
        is_device(subject.family) ||
        std::any_of(std::begin(instruction_set_table), std::end(instruction_set_table),
                    [&](const InstructionSetRow &row) { return row.family == subject.family; });
    if (!known) {
        refuse(text("the target '", subject.family, "', which this fsdnet does not have"));
    }
    if (subject.shapes.empty()) {
        refuse("no shape");
    }
    for (const Extents &shape : subject.shapes) {
        for (const auto &[name, extent] : shape) {
            try {
                require_axis(subject.op, name, path);
            } catch (const Error &) {
                refuse(text("the axis '", name, "', which ", subject.op, " does not have"));
            }
        }
    }
}

// Of the lines behind the first one.
std::vector<JournalEntry> entries_of(const std::string &path, const std::vector<std::string> &lines,
                                     const Subject &subject) {
    std::vector<JournalEntry> entries;
    for (std::size_t i = 1; i < lines.size(); i++) {
        entries.push_back(read_line(path, i + 1, lines[i], entry_from));
        if (entries.back().shape >= static_cast<int>(subject.shapes.size())) {
            refuse_line(path, i + 1);
        }
    }
    return entries;
}

std::string document_of(const Subject &subject, const std::vector<JournalEntry> &entries) {
    std::string document = json_document(json_of(subject)) + "\n";
    for (const JournalEntry &entry : entries) {
        document += json_document(json_of(entry)) + "\n";
    }
    return document;
}

}  // namespace

bool Subject::operator==(const Subject &other) const {
    return json_of(*this) == json_of(other);
}

Journal::Journal(std::string path, const Subject &subject) : path_(std::move(path)) {
    const std::vector<std::string> lines = whole_lines(path_);
    if (!lines.empty() && read_line(path_, 1, lines.front(), subject_from) == subject) {
        entries_ = entries_of(path_, lines, subject);
    } else if (!lines.empty()) {
        if (std::rename(path_.c_str(), (path_ + ".old").c_str()) != 0) {
            throw Error(ExitCode::bad_input, text("The log ", path_, " of another search cannot be moved to ",
                                                  path_, ".old: ", std::strerror(errno), "."));
        }
    }
    write_file(path_, document_of(subject, entries_));
}

void Journal::write_anew(const Subject &subject, const std::vector<JournalEntry> &entries) {
    write_file(path_, document_of(subject, entries));
    entries_ = entries;
}

double Journal::elapsed() const {
    double sum = 0;
    for (const JournalEntry &entry : entries_) {
        sum += entry.elapsed;
    }
    return sum;
}

void Journal::append(const JournalEntry &entry) {
    const Json line = json_of(entry);
    if (const int error = append_to_file(path_, json_document(line) + '\n')) {
        throw Error(ExitCode::bad_input,
                    text("The log ", path_, " cannot be written: ", std::strerror(error), "."));
    }
    entries_.push_back(entry_from(line));
}

Subject subject_of(const std::string &path) {
    const std::vector<std::string> lines = whole_lines(path);
    if (lines.empty()) {
        throw Error(ExitCode::bad_input, text(path, " is no log of 'fsdnet tune': it has no line."));
    }
    Subject subject = read_line(path, 1, lines.front(), subject_from);
    check_names(path, subject);
    return subject;
}

Log read_log(const std::string &path) {
    Subject subject = subject_of(path);
    std::vector<JournalEntry> entries = entries_of(path, whole_lines(path), subject);
    return {std::move(subject), std::move(entries)};
}

}  // namespace fsd::tuning
