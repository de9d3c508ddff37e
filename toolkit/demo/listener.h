// A socket that listens on the loopback interface, and on no other.
#pragma once

namespace fsd::demo {

class LoopbackListener {
public:
    // port: 0 for one that is free. Throws Error(unsupported) with the system's reason, e.g. that another
    // program has the port.
    explicit LoopbackListener(int port);
    ~LoopbackListener();
    LoopbackListener(const LoopbackListener &) = delete;
    LoopbackListener &operator=(const LoopbackListener &) = delete;

    int port() const { return port_; }
    // The socket; whoever takes it closes it.
    int release();

private:
    int socket_ = -1;
    int port_ = 0;
};

}  // namespace fsd::demo
