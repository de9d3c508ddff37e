// One process, and what is made of the pieces.
#include "toolkit/training/communicator.h"

#include <algorithm>
#include <numeric>

namespace fsd {
namespace {

class Alone : public Communicator {
public:
    int rank() const override { return 0; }
    int size() const override { return 1; }
    Ticket exchange(int, const void *, void *, const Traffic &) override { return 0; }
    bool is_complete(Ticket) override { return true; }
    void wait(Ticket) override {}
    void share(void *, std::size_t) override {}
};

// One behind the other.
Pieces dense(std::vector<int> bytes) {
    std::vector<int> offsets(bytes.size());
    std::exclusive_scan(bytes.begin(), bytes.end(), offsets.begin(), 0);
    return {std::move(bytes), std::move(offsets)};
}

}  // namespace

Communicator &alone() {
    static Alone communicator;
    return communicator;
}

Traffic collection(const Pieces &pieces, int own_rank) {
    Traffic traffic = {pieces, pieces};
    std::fill(traffic.out.bytes.begin(), traffic.out.bytes.end(), pieces.bytes[own_rank]);
    std::fill(traffic.out.offsets.begin(), traffic.out.offsets.end(), pieces.offsets[own_rank]);
    traffic.out.bytes[own_rank] = traffic.in.bytes[own_rank] = 0;
    return traffic;
}

std::string shared_text(Communicator &communicator, const std::string &own) {
    std::size_t length = own.size();
    communicator.share(&length, sizeof length);
    std::string all = communicator.leads() ? own : std::string(length, '\0');
    communicator.share(all.data(), length);
    return all;
}

std::vector<std::string> collected_texts(Communicator &communicator, const std::string &own) {
    const auto own_rank = static_cast<std::size_t>(communicator.rank());
    std::vector<int> lengths(communicator.size());
    lengths[own_rank] = static_cast<int>(own.size());
    const auto collect = [&](void *all, const Pieces &pieces) {
        communicator.wait(communicator.exchange(0, all, all, collection(pieces, communicator.rank())));
    };
    collect(lengths.data(), dense(std::vector<int>(lengths.size(), sizeof(int))));
    const Pieces pieces = dense(lengths);
    std::string joined(std::accumulate(lengths.begin(), lengths.end(), std::size_t{0}), '\0');
    joined.replace(pieces.offsets[own_rank], own.size(), own);
    collect(joined.data(), pieces);
    std::vector<std::string> texts;
    for (std::size_t rank = 0; rank < lengths.size(); rank++) {
        texts.push_back(joined.substr(pieces.offsets[rank], lengths[rank]));
    }
    return texts;
}

namespace {

std::string of_process(std::size_t rank, const Communicator &communicator) {
    return text("rank ", rank, " of ", communicator.size());
}

}  // namespace

void together(Communicator &communicator, const std::function<void()> &work) {
    std::string failure;  // code and sentence
    try {
        work();
    } catch (const Error &error) {
        if (communicator.size() == 1) {
            throw;
        }
        failure = static_cast<char>(error.code()) + std::string(error.what());
    }
    const std::vector<std::string> failures = collected_texts(communicator, failure);
    for (std::size_t rank = 0; rank < failures.size(); rank++) {
        if (!failures[rank].empty()) {
            throw CommonError(static_cast<ExitCode>(failures[rank].front()),
                              text(of_process(rank, communicator), ": ", failures[rank].substr(1)));
        }
    }
}

void check_agreement(Communicator &communicator, const std::map<std::string, std::string> &words) {
    for (const auto &[name, word] : words) {
        const std::vector<std::string> all = collected_texts(communicator, word);
        for (std::size_t rank = 1; rank < all.size(); rank++) {
            if (all[rank] != all[0]) {
                throw CommonError(ExitCode::bad_input, text("The processes would not train the same: for ",
                                                            of_process(rank, communicator), " the ", name,
                                                            " is ", all[rank], ", for rank 0 ", all[0], "."));
            }
        }
    }
}

}  // namespace fsd
