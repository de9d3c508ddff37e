// Serves routes over HTTP on the loopback interface, by GNU libmicrohttpd.
#pragma once

#include "toolkit/demo/routes.h"

#include <memory>

namespace fsd::demo {

// Serves from construction to destruction in one thread of its own: answers are given one after the other.
// Whatever arrives, the memory for a connection's head is bounded (32 KiB), as is the number of connections
// (64; more wait) and the time that one may be idle (20 seconds); a request that is none gets 4xx, one that
// `admit` refuses what it says. An Error of an answer becomes 400 with its sentence, anything else 500.
// Each response forbids to be kept, framed or sniffed, and lets a page load from this server only.
class HttpServer {
public:
    // port: 0 for one that is free. Throws Error(unsupported) where it cannot be listened on, or no thread
    // starts.
    HttpServer(int port, const std::string &token, std::vector<Route> routes);
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    int port() const;
    std::string address() const;  // "http://127.0.0.1:PORT/TOKEN/"

private:
    struct Service;
    std::unique_ptr<Service> service_;
};

}  // namespace fsd::demo
