// The module fsdnet_mpi.so: processes that mpirun started, by MPI's messages between two of them. Collective
// operations would have to begin in the same order everywhere; these need not, so that each sum goes on as
// soon as it can.
#include "runtime/error.h"
#include "toolkit/mpi/module.h"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <vector>

namespace fsd {
namespace {

using Clock = std::chrono::steady_clock;

// From the wish to stop until the others count as gone. mpirun kills one second after it has asked to stop,
// and until then a checkpoint must be written.
constexpr std::chrono::milliseconds patience{100};

void check(int code, const char *what) {
    if (code != MPI_SUCCESS) {
        char reason[MPI_MAX_ERROR_STRING] = "";
        int length = 0;
        MPI_Error_string(code, reason, &length);
        throw LostProcesses(text("MPI could not ", what, ": ", std::string(reason, length), "."));
    }
}

class MpiCommunicator : public Communicator {
public:
    explicit MpiCommunicator(std::function<bool()> is_to_stop) : is_to_stop_(std::move(is_to_stop)) {
        int provided = 0;
        check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided), "begin");
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
        MPI_Comm_size(MPI_COMM_WORLD, &size_);
    }

    // Where an exception is under way the others may never come to the end that MPI would wait for.
    ~MpiCommunicator() override {
        if (std::uncaught_exceptions() == 0) {
            MPI_Finalize();
        }
    }

    int rank() const override { return rank_; }
    int size() const override { return size_; }

    Ticket exchange(int channel, const void *from, void *to, const Traffic &traffic) override {
        const Ticket ticket = free_ticket();
        std::vector<MPI_Request> &requests = under_way_[ticket];
        for (int distance = 1; distance < size_; distance++) {
            const int sender = (rank_ + size_ - distance) % size_;
            if (const int bytes = traffic.in.bytes[sender]) {
                check(MPI_Irecv(static_cast<char *>(to) + traffic.in.offsets[sender], bytes, MPI_BYTE, sender,
                                channel, MPI_COMM_WORLD, &requests.emplace_back()),
                      "receive");
            }
        }
        for (int distance = 1; distance < size_; distance++) {
            const int receiver = (rank_ + distance) % size_;
            if (const int bytes = traffic.out.bytes[receiver]) {
                check(MPI_Isend(static_cast<const char *>(from) + traffic.out.offsets[receiver], bytes,
                                MPI_BYTE, receiver, channel, MPI_COMM_WORLD, &requests.emplace_back()),
                      "send");
            }
        }
        return ticket;
    }

    bool is_complete(Ticket ticket) override {
        std::vector<MPI_Request> &requests = under_way_[ticket];
        int complete = 0;
        check(MPI_Testall(static_cast<int>(requests.size()), requests.data(), &complete, MPI_STATUSES_IGNORE),
              "exchange numbers with the other processes");
        return complete != 0;
    }

    void wait(Ticket ticket) override {
        std::optional<Clock::time_point> stop_asked;
        while (!is_complete(ticket)) {
            if (!stop_asked && is_to_stop_()) {
                stop_asked = Clock::now();
            }
            if (stop_asked && Clock::now() - *stop_asked > patience) {
                throw LostProcesses("This process is to stop, and the others do not answer.");
            }
            std::this_thread::yield();  // more processes than cores would wait for their turn
        }
        under_way_[ticket].clear();
    }

    void share(void *data, std::size_t bytes) override {
        constexpr std::size_t most = std::size_t{1} << 30;  // MPI counts in int
        for (std::size_t first = 0; first < bytes; first += most) {
            const Ticket ticket = free_ticket();
            const int count = static_cast<int>(std::min(most, bytes - first));
            check(MPI_Ibcast(static_cast<char *>(data) + first, count, MPI_BYTE, 0, MPI_COMM_WORLD,
                             &under_way_[ticket].emplace_back()),
                  "share numbers");
            wait(ticket);
        }
    }

private:
    Ticket free_ticket() {
        for (std::size_t ticket = 0; ticket < under_way_.size(); ticket++) {
            if (under_way_[ticket].empty()) {
                return static_cast<Ticket>(ticket);
            }
        }
        under_way_.emplace_back();
        return static_cast<Ticket>(under_way_.size() - 1);
    }

    const std::function<bool()> is_to_stop_;
    int rank_ = 0, size_ = 1;
    std::vector<std::vector<MPI_Request>> under_way_;  // by ticket
};

}  // namespace
}  // namespace fsd

extern "C" fsd::Communicator *fsdnet_join_mpi_1(std::function<bool()> is_to_stop) {
    return new fsd::MpiCommunicator(std::move(is_to_stop));
}
