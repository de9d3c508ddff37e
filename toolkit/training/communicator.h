// The processes that train one network together. What they tell each other is bytes in pieces; who adds what
// to what, and in which order, is not decided here (part_sum.h).
#pragma once

#include "runtime/error.h"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fsd {

// For or from each process, by rank: so many bytes at a place of one buffer. 0: nothing travels.
struct Pieces {
    std::vector<int> bytes, offsets;
};

// What goes to each process and what comes from each.
struct Traffic {
    Pieces out, in;
};

// The others no longer answer.
class LostProcesses : public Error {
public:
    explicit LostProcesses(const std::string &sentence) : Error(ExitCode::unsupported, sentence) {}
};

// Something that all processes know to have failed in one of them, so that one of them may say it.
class CommonError : public Error {
public:
    using Error::Error;
};

class Communicator {
public:
    // What is under way; given back by wait().
    using Ticket = int;

    Communicator() = default;
    virtual ~Communicator() = default;
    Communicator(const Communicator &) = delete;
    Communicator &operator=(const Communicator &) = delete;

    virtual int rank() const = 0;
    virtual int size() const = 0;
    bool leads() const { return rank() == 0; }

    // Sends from `from` and receives into `to`. Returns at once; the buffers are left alone until wait() has
    // returned. What the processes send on one channel, 0 .. 16383, meets in the order in which they send it;
    // between channels there is no order, so that each may go on as soon as it can.
    virtual Ticket exchange(int channel, const void *from, void *to, const Traffic &traffic) = 0;

    // Whether it is complete; lets what is under way go on. Throws as wait() does.
    virtual bool is_complete(Ticket ticket) = 0;
    // Throws LostProcesses where one of them is lost, or this process is to stop and the others no longer
    // answer.
    virtual void wait(Ticket ticket) = 0;

    // What rank 0 has goes to all.
    virtual void share(void *data, std::size_t bytes) = 0;
};

// This process alone. It lives as long as the program.
Communicator &alone();

// Each process gives its own piece of one buffer and gets those of the others.
Traffic collection(const Pieces &pieces, int own_rank);

// The string of rank 0 in all.
std::string shared_text(Communicator &communicator, const std::string &own);

// The strings of all, by rank.
std::vector<std::string> collected_texts(Communicator &communicator, const std::string &own);

// Does the work in each process. Where it throws an Error in one of them, all throw that of the first one, as
// a CommonError where there are several.
void together(Communicator &communicator, const std::function<void()> &work);

// Throws CommonError(bad_input) that names the first word that is not the same in all processes.
void check_agreement(Communicator &communicator, const std::map<std::string, std::string> &words);

// So that `count` things are split as evenly as whole ones can be: the first one of share `index` of
// `shares`. Share `shares` begins behind the last one.
inline int begin_of_share(int index, int shares, int count) {
    return static_cast<int>(static_cast<long long>(index) * count / shares);
}

}  // namespace fsd
