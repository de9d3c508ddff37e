// Requests to the page: six lines (method, path, and the headers Host, Origin, Transfer-Encoding and
// Content-Length), the rest is the body. Behind them is the network of a file of the repository.
#include "runtime/error.h"
#include "tests/fuzz/input.h"
#include "toolkit/demo/demo_server.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace {

using namespace fsd::demo;

const Admission admission = {"token", 80};

// Takes the first line off the text.
std::string take_line(std::string &text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = text.substr(0, end);
    text.erase(0, end + 1);
    return line;
}

RequestHead take_head(std::string &text) {
    RequestHead head;
    for (std::string *line : {&head.method, &head.path, &head.host, &head.origin, &head.transfer_encoding,
                              &head.content_length}) {
        *line = take_line(text);
    }
    return head;
}

void answer(const Route &route, const Bytes &body) {
    fuzz::accepted([&] {
        const Response response = route.answer(body);
        fuzz::require(response.status == 200, "an answer that is no refusal is whole");
        fuzz::require(response.type != "application/json" || nlohmann::json::accept(response.body),
                      "what is called JSON is JSON");
    });
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int * /*count*/, char *** /*arguments*/) {
    return setenv("FSDNET_MAX_MEGAPIXELS", "1", 1);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static PictureReader reader(FSDNET_MODELS "/mnist.safetensors");
    static const std::vector<Route> routes = page_routes(reader, "model");
    std::string body(reinterpret_cast<const char *>(data), size);
    const RequestHead head = take_head(body);
    const Admitted admitted = admit(head, admission, routes);
    if (!admitted.route) {
        fuzz::require(admitted.refused.status >= 400 && admitted.refused.status < 500,
                      "a refusal says that the request is wrong");
        return 0;
    }
    fuzz::require(head.host == "127.0.0.1:80" || head.host == "localhost:80",
                  "only this machine is answered");
    fuzz::require(admitted.length <= admitted.route->largest_body, "a body is no longer than its limit");
    // The server reads as much as was announced.
    body.resize(std::min<std::size_t>(body.size(), admitted.length));
    answer(*admitted.route, Bytes(body.begin(), body.end()));
    return 0;
}
