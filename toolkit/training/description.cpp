// A whole file as JSON.
#include "toolkit/training/description.h"

#include "runtime/formats/input_file.h"
#include "runtime/models/model_json.h"

namespace fsd {

Model read_description(const std::string &path) {
    const InputFile file(path);
    std::string content(file.size(), '\0');
    file.read(0, content.data(), content.size());
    return description_from_json(content, path);
}

}  // namespace fsd
