// FNV-1a over the texts of an op's sources, in an order that no path has a part in.
#include "toolkit/tuning/digest.h"

#include "runtime/error.h"

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

namespace fsd::tuning {
namespace {

std::string read_source(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) {
        throw Error(ExitCode::unsupported,
                    text("The source ", path, " cannot be read; tuning needs the project's sources."));
    }
    return out.str();
}

// The files of the project that an op is made of, and what they say apart from comments and from each other's
// names.
struct Sources {
    std::set<std::string> paths, texts;
};

// Includes are relative to the root and stand at the beginning of a line; <...> are no files of the project.
void collect(const std::string &folder, const std::string &path, Sources &sources) {
    if (!sources.paths.insert(path).second) {
        return;
    }
    std::istringstream lines(read_source(folder + "/" + path));
    const std::string include = "#include \"";
    std::string own;
    for (std::string line; std::getline(lines, line);) {
        const std::string named =
            line.substr(0, include.size()) == include ? line.substr(include.size()) : "";
        if (named.find('/') != std::string::npos) {
            collect(folder, named.substr(0, named.find('"')), sources);
        } else {
            own += line + "\n";
        }
    }
    sources.texts.insert(without_comments(own));
}

// Where the comment or literal that starts at `start` ends; `start` itself where there is none.
std::size_t end_of_comment(const std::string &text, std::size_t start) {
    const std::string opening = text.substr(start, 2);
    if (opening == "//") {
        return std::min(text.find('\n', start), text.size());
    }
    const std::size_t close = opening == "/*" ? text.find("*/", start + 2) : start;
    return opening == "/*" ? std::min(close, text.size() - 2) + 2 : start;
}

std::size_t end_of_literal(const std::string &text, std::size_t start) {
    std::size_t end = start + 1;
    while (end < text.size() && text[end] != text[start] && text[end] != '\n') {
        end += text[end] == '\\' ? 2 : 1;
    }
    return std::min(end + 1, text.size());
}

bool is_word(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_';
}

}  // namespace

std::string without_comments(const std::string &text) {
    std::string out;
    bool apart = false;  // white space or a comment stands before what comes next
    const auto append = [&](const std::string &part) {
        if (apart && !out.empty() && is_word(out.back()) && is_word(part.front())) {
            out += ' ';
        }
        apart = false;
        out += part;
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t comment = end_of_comment(text, i);
        if (comment != i || std::isspace(static_cast<unsigned char>(text[i])) != 0) {
            apart = true;
            i = comment != i ? comment : i + 1;
            continue;
        }
        const std::size_t end = text[i] == '"' ? end_of_literal(text, i) : i + 1;
        append(text.substr(i, end - i));
        i = end;
    }
    return out;
}

std::string source_digest(const std::string &source_folder, const std::string &op,
                          const std::string &schedules) {
    Sources sources;
    collect(source_folder, "generators/" + op + ".cpp", sources);
    collect(source_folder, "schedules/" + schedules + "/" + op + ".cpp", sources);
    std::uint64_t digest = 14695981039346656037ULL;
    for (const std::string &source : sources.texts) {
        for (const char byte : source + "\n") {
            digest = (digest ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
        }
    }
    char out[17];
    std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(digest));
    return out;
}

}  // namespace fsd::tuning
