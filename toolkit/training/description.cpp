// A whole file as JSON.
#include "toolkit/training/description.h"

#include "runtime/error.h"
#include "runtime/formats/content_kind.h"
#include "runtime/models/model_json.h"
#include "toolkit/system/limited_file.h"

namespace fsd {
namespace {

constexpr std::uint64_t most_description_bytes = 1 << 20;  // a model's file has room for less

}  // namespace

Model read_description(const std::string &path) {
    const std::string content = read_limited(path, most_description_bytes, "a description");
    const std::string kind = content_kind(content.substr(0, content_kind_bytes));
    if (!kind.empty() && content.front() != '{') {
        throw Error(ExitCode::bad_input,
                    text(path, ": a description is JSON text that begins with '{'; this is ", kind, "."));
    }
    return description_from_json(content, path);
}

}  // namespace fsd
