// Mends the strings, then the text.
#include "toolkit/system/json_document.h"

#include "runtime/formats/printable_text.h"

namespace fsd {
namespace {

using Json = nlohmann::ordered_json;

Json with_valid_strings(const Json &json) {
    if (json.is_string()) {
        return valid_utf8(json.get_ref<const std::string &>());
    }
    if (json.is_array()) {
        Json out = Json::array();
        for (const Json &entry : json) {
            out.push_back(with_valid_strings(entry));
        }
        return out;
    }
    if (json.is_object()) {
        Json out = Json::object();
        for (const auto &[key, value] : json.items()) {
            out[valid_utf8(key)] = with_valid_strings(value);
        }
        return out;
    }
    return json;
}

}  // namespace

std::string json_document(const Json &json, int indent) {
    return printable_json(with_valid_strings(json).dump(indent));
}

}  // namespace fsd
