// What passes between the server and those who answer: the head of a request, a response.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fsd::demo {

using Bytes = std::vector<std::uint8_t>;

// A request before its body is read. Texts as they were sent; empty where there is no such header.
struct RequestHead {
    std::string method;
    std::string path;  // percent signs decoded, without the query
    std::string host;
    std::string origin;
    std::string transfer_encoding;
    std::string content_length;
};

struct Response {
    int status = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body = {};
    std::string allow = {};  // of 405: the methods that the address takes
};

// A status with a sentence for people.
inline Response refusal(int status, const std::string &sentence) {
    return {status, "text/plain; charset=utf-8", sentence + "\n", {}};
}

}  // namespace fsd::demo
