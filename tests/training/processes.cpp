// A letter box for each pair of ranks and each channel.
#include "tests/training/processes.h"

#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>

namespace fsd::testing {
namespace {

class LetterBoxes {
public:
    void send(int from, int to, int channel, const void *data, int bytes) {
        const std::lock_guard<std::mutex> guard(lock_);
        const auto *begin = static_cast<const char *>(data);
        letters_[{from, to, channel}].emplace_back(begin, begin + bytes);
        changed_.notify_all();
    }

    bool has(int from, int to, int channel) {
        const std::lock_guard<std::mutex> guard(lock_);
        check();
        return !letters_[{from, to, channel}].empty();
    }

    std::vector<char> receive(int from, int to, int channel) {
        std::unique_lock<std::mutex> guard(lock_);
        auto &letters = letters_[{from, to, channel}];
        changed_.wait(guard, [&] { return lost_ || !letters.empty(); });
        check();
        std::vector<char> letter = std::move(letters.front());
        letters.pop_front();
        return letter;
    }

    void lose() {
        const std::lock_guard<std::mutex> guard(lock_);
        lost_ = true;
        changed_.notify_all();
    }

private:
    void check() const {
        if (lost_) {
            throw LostProcesses("Another process has failed.");
        }
    }

    std::mutex lock_;
    std::condition_variable changed_;
    std::map<std::tuple<int, int, int>, std::deque<std::vector<char>>> letters_;
    bool lost_ = false;
};

constexpr int channel_of_shares = -1;

class ThreadCommunicator : public Communicator {
public:
    ThreadCommunicator(LetterBoxes &boxes, int rank, int size) : boxes_(boxes), rank_(rank), size_(size) {}

    int rank() const override { return rank_; }
    int size() const override { return size_; }

    Ticket exchange(int channel, const void *from, void *to, const Traffic &traffic) override {
        for (int other = 0; other < size_; other++) {
            if (traffic.out.bytes[other] > 0) {
                boxes_.send(rank_, other, channel,
                            static_cast<const char *>(from) + traffic.out.offsets[other],
                            traffic.out.bytes[other]);
            }
        }
        expected_[++last_] = {channel, to, traffic.in};
        return last_;
    }

    bool is_complete(Ticket ticket) override {
        const Expected &expected = expected_.at(ticket);
        for (int other = 0; other < size_; other++) {
            if (expected.in.bytes[other] > 0 && !boxes_.has(other, rank_, expected.channel)) {
                return false;
            }
        }
        return true;
    }

    void wait(Ticket ticket) override {
        const Expected expected = expected_.at(ticket);
        for (int other = 0; other < size_; other++) {
            if (expected.in.bytes[other] > 0) {
                const std::vector<char> letter = boxes_.receive(other, rank_, expected.channel);
                if (static_cast<int>(letter.size()) != expected.in.bytes[other]) {
                    throw std::logic_error("A letter has another length than its reader expects.");
                }
                std::memcpy(static_cast<char *>(expected.to) + expected.in.offsets[other], letter.data(),
                            letter.size());
            }
        }
        expected_.erase(ticket);
    }

    void share(void *data, std::size_t bytes) override {
        for (int other = 1; rank_ == 0 && other < size_; other++) {
            boxes_.send(0, other, channel_of_shares, data, static_cast<int>(bytes));
        }
        if (rank_ > 0) {
            std::memcpy(data, boxes_.receive(0, rank_, channel_of_shares).data(), bytes);
        }
    }

private:
    struct Expected {
        int channel;
        void *to;
        Pieces in;
    };

    LetterBoxes &boxes_;
    const int rank_, size_;
    std::map<Ticket, Expected> expected_;
    Ticket last_ = 0;
};

}  // namespace

void in_processes(int count, const std::function<void(Communicator &)> &work) {
    LetterBoxes boxes;
    std::exception_ptr failure;
    std::mutex lock;
    std::vector<std::thread> threads;
    for (int rank = 0; rank < count; rank++) {
        threads.emplace_back([&, rank] {
            ThreadCommunicator communicator(boxes, rank, count);
            try {
                work(communicator);
            } catch (...) {
                const std::lock_guard<std::mutex> guard(lock);
                failure = failure ? failure : std::current_exception();
                boxes.lose();
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace fsd::testing
