// Whom the server of `fsdnet demo` lets in, as far as a request's head says it.
#include "toolkit/demo/routes.h"
#include "toolkit/demo/token.h"

#include <catch2/catch.hpp>

#include <set>

namespace {

using namespace fsd::demo;

const std::vector<Route> routes = {{"", "GET", 0, nullptr}, {"picture", "POST", 784, nullptr}};
const Admission admission = {"0123456789abcdef0123456789abcdef", 8080};

RequestHead head(const std::string &method, const std::string &name, const std::string &length = "") {
    return {method, "/" + admission.token + "/" + name, "127.0.0.1:8080", "", "", length};
}

int status(const RequestHead &request) {
    const Admitted admitted = admit(request, admission, routes);
    return admitted.route ? 200 : admitted.refused.status;
}

TEST_CASE("a request for what there is, by its address, comes through") {
    CHECK(admit(head("GET", ""), admission, routes).route == routes.data());
    CHECK(admit(head("HEAD", ""), admission, routes).route == routes.data());
    const Admitted posted = admit(head("POST", "picture", "784"), admission, routes);
    CHECK(posted.route == &routes[1]);
    CHECK(posted.length == 784);
    RequestHead local = head("GET", "");
    local.host = "localhost:8080";
    local.origin = "http://127.0.0.1:8080";
    CHECK(status(local) == 200);
}

TEST_CASE("what is refused is refused before anything is said about the addresses") {
    RequestHead request = head("GET", "nothing");
    CHECK(status(request) == 404);
    request.path = "/" + std::string(32, '0') + "/nothing";
    CHECK(status(request) == 403);
    request.path = "/" + admission.token;  // without the end of its part of the path
    CHECK(status(request) == 403);
    for (const char *path : {"", "/", "*", "//", "http://127.0.0.1:8080/"}) {
        request.path = path;
        CHECK(status(request) == 403);
    }
    request = head("GET", "");
    for (const char *host : {"", "127.0.0.1", "127.0.0.1:80", "evil.example:8080", "127.0.0.1:8080 "}) {
        request.host = host;
        CHECK(status(request) == 403);
    }
    request = head("POST", "picture", "784");
    for (const char *origin : {"null", "http://evil.example", "https://127.0.0.1:8080", "127.0.0.1:8080"}) {
        request.origin = origin;
        CHECK(status(request) == 403);
    }
}

TEST_CASE("methods and bodies fit the address") {
    CHECK(status(head("PUT", "")) == 405);
    CHECK(status(head("GET", "picture")) == 405);
    CHECK(admit(head("GET", "picture"), admission, routes).refused.allow == "POST");
    CHECK(status(head("GET", "", "1")) == 413);
    CHECK(status(head("GET", "", "0")) == 200);
    CHECK(status(head("POST", "picture")) == 411);
    CHECK(status(head("POST", "picture", "785")) == 413);
    CHECK(status(head("POST", "picture", "-1")) == 400);
    CHECK(status(head("POST", "picture", "7e2")) == 400);
    RequestHead chunked = head("POST", "picture", "784");
    chunked.transfer_encoding = "chunked";
    CHECK(status(chunked) == 411);
}

TEST_CASE("tokens are 32 hexadecimal digits, each time others") {
    std::set<std::string> tokens;
    for (int i = 0; i < 100; i++) {
        tokens.insert(random_token());
    }
    CHECK(tokens.size() == 100);
    for (const std::string &token : tokens) {
        CHECK(token.size() == 32);
        CHECK(token.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
}

}  // namespace
