// Bytes as a connection brings them, to the page's server on the loopback interface: requests one behind the
// other, whole or not. "127.0.0.1:80" stands for the server's address, as its port is another one each time.
#include "tests/fuzz/input.h"
#include "toolkit/demo/demo_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

namespace {

using namespace fsd::demo;

const std::string stands_for_address = "127.0.0.1:80";

HttpServer &server() {
    static PictureReader reader(FSDNET_MODELS "/mnist.safetensors");
    static HttpServer started(0, "token", page_routes(reader, "model"));
    return started;
}

std::string addressed(std::string request, const HttpServer &to) {
    const std::string whole = to.address(), scheme = "http://";
    const std::string address = whole.substr(scheme.size(), whole.find('/', scheme.size()) - scheme.size());
    for (std::size_t at = request.find(stands_for_address); at != std::string::npos;
         at = request.find(stands_for_address, at + address.size())) {
        request.replace(at, stands_for_address.size(), address);
    }
    return request;
}

// A connection that leaves nothing behind when it is closed, so that ports do not run out.
int connected(const HttpServer &to) {
    const int file = socket(AF_INET, SOCK_STREAM, 0);
    const linger none = {1, 0};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(to.port()));
    if (file < 0 || setsockopt(file, SOL_SOCKET, SO_LINGER, &none, sizeof none) != 0 ||
        connect(file, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        std::abort();
    }
    return file;
}

// All that the server says until it closes the connection; it may do so before it has read everything.
std::string answer_of(const HttpServer &to, const std::string &written) {
    const std::string request = addressed(written, to);
    const int file = connected(to);
    send(file, request.data(), request.size(), MSG_NOSIGNAL);
    shutdown(file, SHUT_WR);
    std::string answer;
    std::array<char, 65536> piece;
    for (ssize_t count = 1; count > 0;) {
        count = recv(file, piece.data(), piece.size(), 0);
        answer.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    close(file);
    return answer;
}

std::string status_of(const std::string &answer) {
    return answer.substr(0, answer.find('\r'));
}

// What a page throws that is no error of the request ends the request, not the server.
bool outlives_faults() {
    const Route fault = {"fault", "GET", 0, [](const Bytes &) -> Response { throw std::bad_alloc(); }};
    const HttpServer failing(0, "token", {fault});
    bool said = true;
    for (int i = 0; i < 2; i++) {
        const std::string answer =
            answer_of(failing, "GET /token/fault HTTP/1.1\r\nHost: " + stands_for_address + "\r\n\r\n");
        said = said && status_of(answer).find(" 500 ") != std::string::npos;
    }
    return said;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int * /*count*/, char *** /*arguments*/) {
    return setenv("FSDNET_MAX_MEGAPIXELS", "1", 1);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const bool outlives = outlives_faults();
    fuzz::require(outlives, "a fault of the server is said, twice");
    const std::string answer = answer_of(server(), {reinterpret_cast<const char *>(data), size});
    fuzz::require(answer.empty() || answer.rfind("HTTP/1.", 0) == 0, "an answer is one of HTTP");
    fuzz::require(status_of(answer).find(" 500 ") == std::string::npos,
                  "no request is a fault of the server");
    return 0;
}
