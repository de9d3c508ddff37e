// Files whose lengths, offsets or entries of the header are spoiled.
#include "tests/malformed/spoiled.h"

#include "runtime/formats/safetensors.h"

namespace fsd::testing {

std::vector<Malformed> spoiled_containers(const ModelBytes &good) {
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

}  // namespace fsd::testing
