// JsonReader beside nlohmann::json: what the first accepts, the second accepts with the same value.
#include "runtime/formats/json_reader.h"
#include "tests/fuzz/input.h"

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

// Reads a value of the shape that `like` has. Differences count only where the reader gets to the end: of a
// key that stands twice nlohmann keeps the last value, and JsonReader refuses the text.
class Comparison {
public:
    explicit Comparison(const std::string &text) : reader_(text, "text") {}

    void compare(const json &like) {
        walk(like);
        reader_.end();
        fuzz::require(difference_ == nullptr, difference_ ? difference_ : "");
    }

private:
    void same(bool holds, const char *what) {
        if (!holds) {
            difference_ = what;
        }
    }
    void object(const json &like) {
        std::size_t count = 0;
        reader_.object(1000, [&](const std::string &key) {
            count++;
            same(like.contains(key), "an object has the same keys");
            walk(like.value(key, json()));
        });
        same(count == like.size(), "an object has as many members");
    }
    void array(const json &like) {
        std::size_t count = 0;
        reader_.array(1000, [&](std::size_t index) {
            count++;
            walk(index < like.size() ? like.at(index) : json());
        });
        same(count == like.size(), "an array has as many elements");
    }
    void number(const json &like) {
        if (reader_.at_whole_number()) {
            const std::int64_t value = reader_.integer();
            same(like.is_number_integer() && like.get<std::int64_t>() == value, "an integer is the same");
        } else {
            const double value = reader_.number();
            same(like.is_number() && like.get<double>() == value, "a number is the same");
        }
    }
    void walk(const json &like) {
        if (like.is_object()) {
            object(like);
        } else if (like.is_array()) {
            array(like);
        } else if (like.is_string()) {
            same(reader_.string() == like.get<std::string>(), "a string is the same");
        } else {
            number(like);
        }
    }

    fsd::JsonReader reader_;
    const char *difference_ = nullptr;
};

// One of eight plans of reading text that is not JSON.
void read_by(unsigned plan, const std::string &text) {
    fsd::JsonReader reader(text, "text");
    const auto value = [&] {
        plan & 4 ? static_cast<void>(reader.string()) : static_cast<void>(reader.number());
    };
    switch (plan & 3) {
    case 0:
        reader.object(100, [&](const std::string &) { value(); });
        break;
    case 1:
        reader.array(100, [&](std::size_t) { value(); });
        break;
    case 2:
        reader.string();
        break;
    default:
        reader.number();
    }
    reader.end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string text(reinterpret_cast<const char *>(data), size);
    const json tree = json::parse(text, nullptr, false);
    if (!tree.is_discarded()) {
        fuzz::accepted([&] { Comparison(text).compare(tree); });
        return 0;
    }
    // Of eight plans the one that the input's length picks: refusals are what takes the time.
    const auto plan = static_cast<unsigned>(size % 8);
    fuzz::require(!fuzz::accepted([&] { read_by(plan, text); }), "what is no JSON is refused");
    return 0;
}
