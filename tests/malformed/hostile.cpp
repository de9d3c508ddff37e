// Files made to hurt the reader: as much memory as the limits allow, and random damage.
#include "runtime/error.h"
#include "runtime/formats/safetensors.h"
#include "runtime/models/model_check.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/model_bytes.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <functional>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

// Repeats `part(i)` while the text stays below `bytes`, at most `count` times.
std::string filled(std::size_t bytes, std::size_t count,
                   const std::function<std::string(std::size_t)> &part) {
    std::string out;
    for (std::size_t i = 0; i < count && out.size() + part(i).size() + 1 < bytes; i++) {
        out += (i ? "," : "") + part(i);
    }
    return out;
}

std::string text_of(const std::string &members) {
    return ModelBytes{"{" + members + "}", ""}.file();
}

std::string with_network(const std::string &network, const std::string &more = "") {
    std::string escaped;
    for (const char character : network) {
        escaped += character == '"' ? "\\\"" : std::string(1, character);
    }
    return text_of(R"("__metadata__":{"format":"fsdnet","version":"1","network":")" + escaped + "\"}" + more);
}

std::string tensor_entry(std::size_t i) {
    return "\"" + std::to_string(i) + R"(":{"dtype":"F32","shape":[0,0,0,0,0,0,0,0],"data_offsets":[0,0]})";
}

std::string layer_entry(std::size_t) {
    std::string attributes;
    for (const char key : std::string("abcdefghijklmno")) {
        attributes += std::string(",\"") + key + "\":1";
    }
    return "{\"op\":\"" + std::string(40, 'o') + "\"" + attributes + "}";
}

// The text stays below the header's limit, quotes escaped.
std::vector<std::string> memory_hogs() {
    constexpr std::size_t room = most_header_bytes - 1024;
    const auto empty_string = [](std::size_t) { return std::string("\"\""); };
    const auto long_string = [](std::size_t) { return "\"" + std::string(60, 'c') + "\""; };
    const auto escapes = [](std::size_t) { return "\"" + std::string(17, 'c') + "\\n\""; };
    const auto note = [](std::size_t i) {
        return "\"" + std::to_string(i) + "\":\"" + std::string(900, 'n') + "\"";
    };
    const std::string layers = "\"layers\":[" + filled(room / 4, 256, layer_entry) + "]";
    const std::string classes = "\"classes\":[" + filled(room / 4, 8192, empty_string) + "]";
    const std::string notes = "\"notes\":{" + filled(room / 5, 256, note) + "}";
    const std::string tensors = "," + filled(room / 2, 1023, tensor_entry);
    return {
        text_of("\"" + std::string(room, 'k') + "\":1"),
        text_of("\"__metadata__\":{\"" + std::string(room, 'k') + "\":\"\"}"),
        text_of("\"__metadata__\":{\"network\":\"" + std::string(room, 'k') + "\"}"),
        text_of("\"__metadata__\":{\"network\":\"" +
                filled(room, room, [](std::size_t) { return "\\u00e9"; }) + "\"}"),
        text_of(filled(room, 5000, tensor_entry)),
        with_network("{\"layers\":[" + filled(room / 2, 5000, layer_entry) + "]}"),
        with_network("{\"classes\":[" + filled(room / 2, 100000, empty_string) + "]}"),
        with_network("{\"classes\":[" + filled(room / 2, 100000, long_string) + "]}"),
        with_network("{\"classes\":[" + filled(room / 2, 100000, escapes) + "]}"),
        with_network("{\"notes\":{" + filled(room / 2, 100000, note) + "}}"),
        with_network("{" + layers + "," + classes + "," + notes + "}", tensors),
        with_network("{\"notes\":{\"" + std::string(room, 'k') + "\":\"\"}}"),
        with_network("{\"preprocessing\":{\"kind\":\"" + std::string(room, 'k') + "\"}}"),
    };
}

// One to four edits: bytes flipped, set, removed, doubled, or the end cut off.
std::string damaged(std::string bytes, std::mt19937 &random) {
    const auto any = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    for (std::size_t edit = 0; edit <= any(4) && !bytes.empty(); edit++) {
        // Half of the damage goes where the structure is.
        const std::size_t at = any(random() % 2 ? bytes.size() : std::min<std::size_t>(bytes.size(), 1500));
        const std::size_t length = std::min(bytes.size() - at, 1 + any(40));
        switch (random() % 6) {
        case 0:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << any(8)));
            break;
        case 1:
            bytes[at] = static_cast<char>(random());
            break;
        case 2:
            bytes.erase(at, length);
            break;
        case 3:
            bytes.insert(at, bytes.substr(any(bytes.size()), length));
            break;
        case 4:
            bytes[at] = "{}[]\",:-0919eE.\\u"[any(17)];
            break;
        default:
            bytes.resize(random() % 8 ? bytes.size() : at);
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("refusing a hostile file needs at most its size + 1 MiB", "[hostile]") {
    if (!allocations_are_counted()) {
        WARN("skipped: sanitizers have their own allocator");
        return;
    }
    const TemporaryFolder folder;
    const std::string path = folder / "hog.safetensors";
    std::size_t hog = 0;
    for (const std::string &bytes : memory_hogs()) {
        INFO("hog " << hog++ << " of " << bytes.size() << " bytes");
        REQUIRE(bytes.size() < most_header_bytes);
        write_bytes(path, bytes);
        reset_peak();
        REQUIRE_THROWS_AS(load_model(path), Error);
        CAPTURE(peak_bytes());
        REQUIRE(peak_bytes() <= bytes.size() + mebibyte);
    }
}

TEST_CASE("a file whose last number is wrong needs at most its size + 1 MiB", "[hostile]") {
    if (!allocations_are_counted()) {
        WARN("skipped: sanitizers have their own allocator");
        return;
    }
    const TemporaryFolder folder;
    const std::string path = folder / "large.safetensors";
    Model model;
    model.input = {20, 20, 1};
    model.layers = {conv("z", 3, 1, 64), plain("normalize"), linear("last", 1, 100), plain("log_normalize")};
    model = with_parameters(model, 5);
    save_model(model, path);
    const std::size_t size = read_bytes(path).size();
    REQUIRE(size > 7 * mebibyte);
    std::string bytes = read_bytes(path);
    bytes.back() = '\xff';  // z.observations is the last tensor: -NaN
    write_bytes(path, bytes);
    reset_peak();
    REQUIRE_THROWS_AS(load_model(path), Error);
    CAPTURE(peak_bytes());
    REQUIRE(peak_bytes() <= size + mebibyte);
}

TEST_CASE("random damage is refused or does no harm", "[hostile]") {
    const TemporaryFolder folder;
    const std::string path = folder / "damaged.safetensors";
    const std::string good = small_model_bytes().file();
    std::mt19937 random(1);
    int loaded = 0;
    for (int trial = 0; trial < 20000; trial++) {
        const std::string bytes = damaged(good, random);
        write_bytes(path, bytes);
        try {
            const Model model = load_model(path);
            check_model(model);
            loaded++;
        } catch (const Error &error) {
            if (error.code() != ExitCode::bad_input || std::string(error.what()).find(path) != 0) {
                write_bytes("damaged.safetensors", bytes);
                FAIL("trial " << trial << ", kept as damaged.safetensors: " << error.what());
            }
        }
    }
    // Flips in names and in low bits of numbers leave a model; most damage does not.
    REQUIRE(loaded > 100);
    REQUIRE(loaded < 10000);
}
