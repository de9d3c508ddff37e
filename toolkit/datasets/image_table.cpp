// Lines with quotes as spreadsheets write them; then as a folder of images.
#include "toolkit/datasets/image_table.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "toolkit/datasets/image_collection.h"
#include "toolkit/image_files/read_image.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <initializer_list>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_table = 256 << 20;

struct Line {
    std::size_t number;  // the first one is 1
    std::vector<std::string> fields;
};

[[noreturn]] void fail(const std::string &file, std::size_t line, const std::string &reason) {
    throw Error(ExitCode::bad_input, text("The table ", file, ", line ", line, ": ", reason, "."));
}

// A field may stand in quotes, and then hold commas, line ends and quotes that are written twice.
class TableReader {
public:
    TableReader(const std::string &file, const std::string &content) : file_(file), content_(content) {}

    std::vector<Line> lines() {
        std::vector<Line> lines;
        while (at_ < content_.size()) {
            Line line{number_, {}};
            do {
                line.fields.push_back(field());
            } while (take(','));
            take('\r');
            if (at_ < content_.size() && !take('\n')) {
                fail(file_, number_, "expected a comma or the end of the line behind the closing quote");
            }
            number_++;
            if (line.fields.size() > 1 || !line.fields.front().empty()) {
                lines.push_back(std::move(line));
            }
        }
        return lines;
    }

private:
    bool take(char wanted) {
        const bool there = at_ < content_.size() && content_[at_] == wanted;
        at_ += there ? 1 : 0;
        return there;
    }

    std::string field() {
        if (!take('"')) {
            const std::size_t end = std::min(content_.find_first_of(",\r\n", at_), content_.size());
            const std::string plain = content_.substr(at_, end - at_);
            at_ = end;
            return plain;
        }
        std::string quoted;
        for (const std::size_t first = number_;;) {
            if (at_ == content_.size()) {
                fail(file_, first, "a quote is never closed");
            }
            const char character = content_[at_++];
            if (character == '"' && !take('"')) {
                return quoted;
            }
            number_ += character == '\n' ? 1 : 0;
            quoted += character;
        }
    }

    const std::string &file_, &content_;
    std::size_t at_ = 0, number_ = 1;
};

struct Columns {
    std::size_t path = 0, label = 1;
    std::optional<std::size_t> split;
    bool named = false;
};

std::optional<std::size_t> column(const Line &line, std::initializer_list<const char *> names) {
    for (std::size_t i = 0; i < line.fields.size(); i++) {
        std::string name = line.fields[i];
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            return i;
        }
    }
    return std::nullopt;
}

Columns columns_of(const Line &first) {
    const auto path = column(first, {"path", "file", "filename", "image"}),
               label = column(first, {"label", "class"});
    return path && label ? Columns{*path, *label, column(first, {"split"}), true} : Columns{};
}

ImagePlace place_of(const std::string &file, const Line &line, const Columns &columns) {
    ImagePlace place;
    place.class_name = line.fields[columns.label];
    if (place.class_name.empty()) {
        fail(file, line.number, "the label is empty");
    }
    if (columns.split) {
        place.folder_name = line.fields[*columns.split];
        place.folder = split_folder(place.folder_name);
        if (!place.folder) {
            fail(file, line.number,
                 text("'", place.folder_name, "' is no split; expected train, val or test"));
        }
    }
    return place;
}

std::string content_of(const std::string &file) {
    const InputFile table(file);
    if (table.size() > largest_table) {
        throw Error(ExitCode::bad_input, text("The table ", file, " has ", table.size(), " bytes; at most ",
                                              largest_table, " are read."));
    }
    return table.whole();
}

}  // namespace

bool is_image_table(const std::string &file) {
    return fs::path(file).extension() == ".csv";
}

Dataset load_image_table(const std::string &file, Split split, const ImageFormat &format) {
    std::string content = content_of(file);
    if (content.compare(0, 3, "\xef\xbb\xbf") == 0) {
        content.erase(0, 3);  // the mark that some spreadsheets begin UTF-8 with
    }
    const std::vector<Line> lines = TableReader(file, content).lines();
    const Columns columns = lines.empty() ? Columns{} : columns_of(lines.front());
    const std::size_t needed = 1 + std::max({columns.path, columns.label, columns.split.value_or(0)});
    const fs::path folder = fs::path(file).parent_path();
    ImageCollection collection("the table " + file, split, format);
    Progress progress("reads images", lines.size());
    for (auto line = lines.begin() + (columns.named ? 1 : 0); line < lines.end();
         line++, progress.advance()) {
        if (line->fields.size() < needed) {
            fail(file, line->number,
                 text("it has ", line->fields.size(), " fields; expected a path and a label"));
        }
        const std::string &path = line->fields[columns.path];
        const ImagePlace place = place_of(file, *line, columns);
        if (collection.wants(path, place)) {
            collection.add(path, place, read_image_bytes((folder / path).string()));
        }
    }
    return collection.finish();
}

}  // namespace fsd
