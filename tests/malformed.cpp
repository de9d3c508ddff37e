// Spoiled model files: each is refused with the sentence that names what is wrong, whatever the bytes are,
// and without more memory than promised.
#include "runtime/error.h"
#include "runtime/formats/safetensors.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/model_bytes.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <set>

using namespace fsd;
using namespace fsd::testing;

namespace {

struct Malformed {
    const char *what;
    std::string bytes;
    std::vector<std::string> sentence;  // parts of the message
};

const float nan = std::numeric_limits<float>::quiet_NaN();
const float infinity = std::numeric_limits<float>::infinity();

std::string repeated(const std::string &part, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; i++) {
        out += part;
    }
    return out;
}

std::vector<Malformed> containers(const ModelBytes &good) {
    const std::string prior = R"("first.log_prior":{"dtype":"F32","shape":[2, 4],"data_offsets":[576,608]})";
    const auto with_prior = [&](const std::string &entry) { return good.edited(prior, entry).file(); };
    const std::string name = R"("first.log_prior":)";
    ModelBytes other = good;
    std::vector<Malformed> all = {
        {"empty file", "", {"has 0 bytes"}},
        {"half a length", std::string("\x10\0\0", 3), {"has 3 bytes"}},
        {"length 0", good.file_with_length(0), {"header length 0"}},
        {"length 1", good.file_with_length(1), {"header length 1"}},
        {"length beyond the file", good.file_with_length(good.file().size()), {"header length", "truncated"}},
        {"huge length", good.file_with_length(~0ul), {"header length 18446744073709551615"}},
        {"length near 2^63", good.file_with_length((1ul << 63) - 1), {"header length 9223372036854775807"}},
        {"length above the limit",
         ModelBytes{repeated(" ", most_header_bytes + 8), repeated("x", 64)}.file(),
         {"header length", "262144", "limit"}},
        {"header cut short",
         good.file_with_length(good.header.size() / 2),
         {"header", "found the end of the text"}},
        {"no data", good.file().substr(0, 8 + good.header.size()), {"need 1012 bytes of data", "truncated"}},
        {"last byte missing",
         good.file().substr(0, good.file().size() - 1),
         {"need 1012 bytes", "has 1011", "truncated"}},
        {"byte behind the data", good.file() + "x", {"has 1013", "belongs to no tensor"}},
        {"other format", "\x89PNG\r\n\x1a\n" + good.header, {"header length"}},
        {"text behind the header's JSON",
         good.edited("[1008,1012]}}", "[1008,1012]}}}").file(),
         {"end of the text"}},
        {"header is an array", ModelBytes{"[1, 2]", ""}.file(), {"header", "expected '{'"}},
        {"gap between tensors",
         with_prior(name + R"({"dtype":"F32","shape":[2, 3],"data_offsets":[576,600]})"),
         {"'first.observations'", "begins at byte 608", "ends at byte 600"}},
        {"overlapping tensors",
         with_prior(name + R"({"dtype":"F32","shape":[2, 5],"data_offsets":[576,616]})"),
         {"'first.observations'", "overlapping"}},
        {"the same bytes twice",
         with_prior(name + R"({"dtype":"F32","shape":[144],"data_offsets":[0,576]})"),
         {"overlapping"}},
        {"data begin late",
         good.edited("[0,576]", "[4,580]").file(),
         {"'first.log_likelihood'", "begins at byte 4"}},
        {"unknown dtype",
         with_prior(name + R"({"dtype":"F31","shape":[2, 4],"data_offsets":[576,608]})"),
         {"first.log_prior", "unknown dtype 'F31'"}},
        {"no dtype",
         with_prior(name + R"({"shape":[2, 4],"data_offsets":[576,608]})"),
         {"first.log_prior", "dtype, shape and data_offsets"}},
        {"unknown key of a tensor",
         with_prior(name + R"({"dtype":"F32","shape":[2, 4],"strides":[4,1]})"),
         {"first.log_prior.strides", "unknown key"}},
        {"offsets backwards",
         with_prior(name + R"({"dtype":"F32","shape":[2, 4],"data_offsets":[608,576]})"),
         {"first.log_prior", "0 <= begin <= end"}},
        {"one offset",
         with_prior(name + R"({"dtype":"F32","shape":[2, 4],"data_offsets":[576]})"),
         {"first.log_prior", "two numbers"}},
        {"three offsets",
         with_prior(name + R"({"dtype":"F32","shape":[2, 4],"data_offsets":[576,608,608]})"),
         {"first.log_prior", "more than 2 elements"}},
        {"negative offset",
         good.edited("[0,576]", "[-4,572]").file(),
         {"first.log_likelihood", "0 <= begin <= end"}},
        {"fractional offset",
         good.edited("[0,576]", "[0,576.0]").file(),
         {"first.log_likelihood", "a whole number"}},
        {"offset beyond 64 bits",
         good.edited("[0,576]", "[0,99999999999999999999]").file(),
         {"does not fit 64 bits"}},
        {"shape and bytes differ",
         with_prior(name + R"({"dtype":"F32","shape":[2, 5],"data_offsets":[576,608]})"),
         {"first.log_prior", "need 40 bytes", "give it 32"}},
        {"product of the shape overflows to the right size",
         with_prior(name +
                    R"({"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[576,608]})"),
         {"first.log_prior", "does not fit 64 bits"}},
        {"huge extent",
         with_prior(name + R"({"dtype":"F32","shape":[4294967296],"data_offsets":[576,608]})"),
         {"first.log_prior", "4294967296"}},
        {"negative extent",
         with_prior(name + R"({"dtype":"F32","shape":[-2,-4],"data_offsets":[576,608]})"),
         {"first.log_prior", "-2"}},
        {"too many axes",
         with_prior(name + R"({"dtype":"F32","shape":[1,1,1,1,1,1,1,2,4],"data_offsets":[576,608]})"),
         {"first.log_prior", "more than 8 elements"}},
    };
    return all;
}

std::vector<Malformed> json(const ModelBytes &good) {
    return {
        {"tensor twice",
         good.edited("\"first.log_prior\"", "\"first.observations\"").file(),
         {"'first.observations' appears twice"}},
        {"metadata twice",
         good.edited("\"first.log_prior\"", "\"__metadata__\"").file(),
         {"'__metadata__' appears twice"}},
        {"key of a tensor twice",
         good.edited("\"dtype\":\"F32\",\"shape\":[2, 4]", "\"shape\":[2],\"shape\":[2, 4]").file(),
         {"'shape' appears twice"}},
        {"key of the network twice",
         good.network("\"classes\":", "\"layers\":").file(),
         {"'layers' appears twice"}},
        {"key of a layer twice",
         good.network("\"stride_y\":1", "\"stride_x\":1").file(),
         {"layers[0]", "'stride_x' appears twice"}},
        {"note twice",
         good.network("{\"origin\"", "{\"origin\":\"\",\"origin\"").file(),
         {"notes", "'origin' appears twice"}},
        {"key twice, once spelled with an escape",
         good.network("\"stride_y\":1", "\"stride_\\u0078\":1").file(),
         {"layers[0]", "'stride_x' appears twice"}},
        {"invalid UTF-8 in the header",
         good.edited("first.log_prior", "first\xff").file(),
         {"header", "invalid UTF-8"}},
        {"overlong UTF-8", good.edited("first.log_prior", "first\xc0\xaf").file(), {"invalid UTF-8"}},
        {"surrogate in UTF-8", good.edited("first.log_prior", "first\xed\xa0\x80").file(), {"invalid UTF-8"}},
        {"UTF-8 cut short", good.edited("\"zero\\\"", "\"zero\xe2\x82\\\"").file(), {"invalid UTF-8"}},
        {"NUL in a name", good.edited("first.log_prior", "first\\u0000").file(), {"NUL"}},
        {"half a surrogate pair", good.edited("first.log_prior", "first\\ud800").file(), {"surrogate"}},
        {"wrong second half of a pair",
         good.edited("first.log_prior", "first\\ud800\\u0041").file(),
         {"surrogate"}},
        {"unknown escape", good.edited("first.log_prior", "first\\x41").file(), {"an escape"}},
        {"bad hexadecimal digit", good.edited("first.log_prior", "first\\u00g0").file(), {"hexadecimal"}},
        {"line break in a string", good.edited("first.log_prior", "first\n").file(), {"closing quote"}},
        {"string without end", ModelBytes{"{\"a", ""}.file(), {"closing quote"}},
        {"trailing comma", good.edited("[576,608]", "[576,608,]").file(), {"more than 2 elements"}},
        {"comma before a brace", good.edited("[1008,1012]}}", "[1008,1012]},}").file(), {"expected '\"'"}},
        {"missing comma",
         good.edited("},\"first.log_prior\"", "} \"first.log_prior\"").file(),
         {"expected ','"}},
        {"leading zero", good.edited("[576,608]", "[0576,608]").file(), {"a whole number"}},
        {"comment", good.edited("{\"__metadata__\"", "{/**/\"__metadata__\"").file(), {"expected '\"'"}},
        {"deep nesting in the header", ModelBytes{repeated("[", 200000), ""}.file(), {"expected '{'"}},
        {"deep nesting in a shape",
         good.edited("[2, 4]", repeated("[", 100000)).file(),
         {"shape[0]", "a whole number"}},
        {"deep nesting in the network",
         good.network("[\"zero\",\"one\",\"two\"]", repeated("[", 100000)).file(),
         {"classes[0]", "expected '\"'"}},
        {"deep nesting of objects",
         good.network("{\"kind\":\"none\"}", repeated("{\"a\":", 20000)).file(),
         {"preprocessing", "unknown key"}},
        {"metadata is no object",
         good.edited("\"first.log_prior\":{", "\"first.log_prior\":7,\"a\":{").file(),
         {"first.log_prior", "expected '{'"}},
        {"metadata that is no string",
         good.edited("\"format\":\"fsdnet\"", "\"format\":1").file(),
         {"__metadata__.format", "expected '\"'"}},
    };
}

std::vector<Malformed> descriptions(const ModelBytes &good) {
    const std::string normalize = "{\"op\":\"normalize\"}";
    const std::string conv = "\"op\":\"kld_conv\",\"name\":\"first\"";
    return {
        {"no metadata", ModelBytes{"{}", ""}.file(), {"'format'"}},
        {"other format",
         good.edited("\"format\":\"fsdnet\"", "\"format\":\"pt\"").file(),
         {"'pt'", "'fsdnet'"}},
        {"no version", good.edited("\"version\"", "\"revision\"").file(), {"'version'"}},
        {"newer version", good.edited("\"version\":\"1\"", "\"version\":\"2\"").file(), {"version", "'2'"}},
        {"unknown metadata",
         good.edited("\"version\":\"1\"", "\"version\":\"1\",\"author\":\"me\"").file(),
         {"'author'"}},
        {"network is no JSON",
         good.edited("\"network\":\"{", "\"network\":\"").file(),
         {"network in __metadata__"}},
        {"no input",
         good.network("\"input\":{\"height\":6,\"width\":5,\"colors\":1},", "").file(),
         {"must have input, layers and classes"}},
        {"input without height",
         good.network("\"height\":6,", "").file(),
         {"input", "height, width and colors"}},
        {"input of no height", good.network("\"height\":6", "\"height\":0").file(), {"input", "height 0"}},
        {"huge input",
         good.network("\"height\":6,\"width\":5", "\"height\":65536,\"width\":65536").file(),
         {"input", "2^28"}},
        {"height beyond the limit",
         good.network("\"height\":6", "\"height\":2147483647").file(),
         {"input", "2147483647"}},
        {"height beyond 32 bits",
         good.network("\"height\":6", "\"height\":4294967302").file(),
         {"input.height", "32 bits"}},
        {"two colors", good.network("\"colors\":1", "\"colors\":2").file(), {"input", "1 or 3 colors"}},
        {"unknown key", good.network("\"notes\"", "\"remarks\"").file(), {"remarks", "unknown key"}},
        {"no layers",
         good.network("{\"op\":\"log_normalize\"}]", "{\"op\":\"log_normalize\"}],\"x\":[").file(),
         {"x", "unknown key"}},
        {"layer without op", good.network(normalize, "{}").file(), {"layer 1", "unknown op ''"}},
        {"unknown op",
         good.network(normalize, "{\"op\":\"softmax\"}").file(),
         {"layer 1 (softmax)", "unknown op 'softmax'", "log_normalize"}},
        {"unknown attribute",
         good.network(normalize, "{\"op\":\"normalize\",\"axis\":1}").file(),
         {"layer 1 (normalize)", "unknown attribute 'axis'"}},
        {"missing attribute",
         good.network(",\"stride_y\":1", "").file(),
         {"layer 0 (kld_conv 'first')", "'stride_y' is missing"}},
        {"attribute that is text",
         good.network("\"stride_y\":1", "\"stride_y\":\"1\"").file(),
         {"layers[0].stride_y", "a whole number"}},
        {"stride 0", good.network("\"stride_y\":1", "\"stride_y\":0").file(), {"layer 0", "stride_y is 0"}},
        {"negative padding",
         good.network("\"padding_x\":0", "\"padding_x\":-1").file(),
         {"layer 0", "padding_x is -1"}},
        {"padding as wide as the window",
         good.network("\"padding_x\":0", "\"padding_x\":3").file(),
         {"layer 0", "padding_x is 3", "between 0 and 2"}},
        {"window larger than the image",
         good.network("\"window_y\":3", "\"window_y\":7").file(),
         {"layer 0", "window_y 7 does not fit into 6"}},
        {"huge window",
         good.network("\"window_y\":3", "\"window_y\":2147483647").file(),
         {"layer 0", "window_y"}},
        {"pooling window 0",
         good.network("\"pool_window_y\":2", "\"pool_window_y\":0").file(),
         {"layer 2 (marginal_pool)", "pool_window_y is 0"}},
        {"groups of one state",
         good.network("\"states\":4", "\"states\":1").file(),
         {"layer 0", "states is 1"}},
        {"no groups", good.network("\"groups\":2", "\"groups\":0").file(), {"layer 0", "groups is 0"}},
        {"groups and states overflow",
         good.network("\"groups\":2", "\"groups\":65536").network("\"states\":4", "\"states\":65536").file(),
         {"layer 0", "2^28"}},
        {"other number of states",
         good.network("\"states\":4", "\"states\":5").file(),
         {"'first.log_likelihood'", "layer 0", "[3, 3, 1, 2, 10]", "[3, 3, 1, 2, 8]"}},
        {"layers that do not fit",
         good.network(normalize, "{\"op\":\"log_normalize\"}").file(),
         {"layer 2 (marginal_pool)", "takes probabilities", "gives log-probabilities"}},
        {"normalized twice",
         good.network(normalize, normalize + "," + normalize).file(),
         {"layer 2 (normalize)", "takes log-evidence"}},
        {"sum that may be 0",
         good.network(normalize, "{\"op\":\"relu\"}")
             .network("marginal_pool", "renormalized_max_pool")
             .file(),
         {"layer 2 (renormalized_max_pool)", "relu"}},
        {"ends with probabilities",
         good.network("{\"op\":\"log_normalize\"}", normalize).file(),
         {"the last layer must give log-probabilities"}},
        {"other number of classes",
         good.network("\"zero\",", "").file(),
         {"the last layer", "[1, 1, 1, 2]", "[1, 1, 1, 3]"}},
        {"class without name", good.network("\"zero\"", "\"\"").file(), {"class 0"}},
        {"layer without name",
         good.network(conv, "\"op\":\"kld_conv\"").file(),
         {"layer 0 (kld_conv)", "name"}},
        {"name with a dot",
         good.network(conv, "\"op\":\"kld_conv\",\"name\":\"a.b\"").file(),
         {"layer 0", "name"}},
        {"name of a layer without parameters",
         good.network(normalize, "{\"op\":\"normalize\",\"name\":\"n\"}").file(),
         {"layer 1", "must not have a name"}},
        {"two layers of one name",
         good.network("\"name\":\"last\"", "\"name\":\"first\"").file(),
         {"layer 3 (kld_linear 'first')", "same name"}},
        {"unknown preprocessing",
         good.network("\"kind\":\"none\"", "\"kind\":\"photo\"").file(),
         {"preprocessing", "'photo'"}},
        {"too many layers",
         good.network(normalize, normalize + repeated("," + normalize, 300)).file(),
         {"layers", "more than 256"}},
        {"too many tensors",
         [] {
             ModelBytes many{"{\"__metadata__\":{}", ""};
             for (int i = 0; i < 1100; i++) {
                 many.header += ",\"t" + std::to_string(i) +
                                "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
             }
             many.header += "}";
             return many.file();
         }(),
         {"more than 1025 members"}},
    };
}

std::vector<Malformed> tensors(const ModelBytes &good) {
    const std::string prior = R"("first.log_prior":{"dtype":"F32","shape":[2, 4])";
    return {
        {"missing tensor",
         good.edited("first.log_prior", "first.log_posterior").file(),
         {"'first.log_prior'", "missing", "layer 0"}},
        {"tensor of no layer",
         good.edited(R"("last.observations")",
                     R"("extra":{"dtype":"F32","shape":[0],"data_offsets":[1008,1008]},"last.observations")")
             .file(),
         {"'extra'", "no layer"}},
        {"wrong dtype",
         good.edited(prior, R"("first.log_prior":{"dtype":"I32","shape":[2, 4])").file(),
         {"'first.log_prior'", "F32", "I32"}},
        {"half precision",
         good.edited(prior, R"("first.log_prior":{"dtype":"F16","shape":[2, 8])").file(),
         {"'first.log_prior'", "F16"}},
        {"wrong shape",
         good.edited(prior, R"("first.log_prior":{"dtype":"F32","shape":[4, 2])").file(),
         {"'first.log_prior'", "[2, 4]", "[4, 2]"}},
        {"wrong number of axes",
         good.edited(prior, R"("first.log_prior":{"dtype":"F32","shape":[8])").file(),
         {"'first.log_prior'", "[8]"}},
        {"NaN in a likelihood",
         good.number("first.log_likelihood", 17, nan).file(),
         {"'first.log_likelihood'", "element 17", "nan"}},
        {"infinity in a likelihood",
         good.number("last.log_likelihood", 0, -infinity).file(),
         {"'last.log_likelihood'", "element 0", "-inf"}},
        {"infinity in a prior",
         good.number("last.log_prior", 2, infinity).file(),
         {"'last.log_prior'", "element 2", "inf"}},
        {"un-normalized likelihood",
         good.number("first.log_likelihood", 8, 0.1f).file(),
         {"'first.log_likelihood'", "not normalized", "instead of 1"}},
        {"likelihood slightly off",
         good.number("last.log_likelihood", 5, -0.01f).file(),
         {"'last.log_likelihood'", "not normalized"}},
        {"un-normalized prior",
         good.number("first.log_prior", 3, -20).file(),
         {"'first.log_prior'", "not normalized"}},
        {"huge number", good.number("first.log_prior", 0, 3e38f).file(), {"'first.log_prior'", "sum to inf"}},
        {"no observations",
         good.number("last.observations", 0, 0).file(),
         {"'last.observations'", "positive"}},
        {"negative observations",
         good.number("last.observations", 0, -1).file(),
         {"'last.observations'", "positive"}},
        {"NaN observations", good.number("last.observations", 0, nan).file(), {"'last.observations'", "nan"}},
    };
}

void check_refused(const TemporaryFolder &folder, const Malformed &malformed) {
    INFO(malformed.what);
    const std::string path = folder / "spoiled.safetensors";
    write_bytes(path, malformed.bytes);
    std::string sentence;
    ExitCode code = ExitCode::ok;
    try {
        load_model(path);
    } catch (const Error &error) {
        sentence = error.what();
        code = error.code();
    }
    INFO(sentence);
    REQUIRE(code == ExitCode::bad_input);
    REQUIRE(sentence.compare(0, path.size() + 2, path + ": ") == 0);
    REQUIRE(sentence.size() < path.size() + 600);
    for (const std::string &part : malformed.sentence) {
        REQUIRE_THAT(sentence, Catch::Contains(part));
    }
}

}  // namespace

TEST_CASE("spoiled files are refused with a sentence that names what is wrong", "[malformed]") {
    const TemporaryFolder folder;
    const ModelBytes good = small_model_bytes();
    write_bytes(folder / "good.safetensors", good.file());
    REQUIRE_NOTHROW(load_model(folder / "good.safetensors"));
    std::set<std::string> distinct;
    for (const auto &group : {containers(good), json(good), descriptions(good), tensors(good)}) {
        for (const Malformed &malformed : group) {
            check_refused(folder, malformed);
            distinct.insert(malformed.bytes);
        }
    }
    REQUIRE(distinct.size() >= 100);
}

TEST_CASE("what is not a file is refused", "[malformed]") {
    const TemporaryFolder folder;
    for (const std::string &path : {folder.path(), folder / "missing", std::string("/dev/zero")}) {
        try {
            load_model(path);
            FAIL("loaded " << path);
        } catch (const Error &error) {
            REQUIRE(error.code() == ExitCode::bad_input);
            REQUIRE_THAT(error.what(), Catch::StartsWith(path));
        }
    }
}
