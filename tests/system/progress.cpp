// Who hears of work that takes long.
#include "toolkit/system/progress.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace fsd;

namespace {

struct Heard : ProgressListener {
    Heard() { listen_to_progress(this); }
    ~Heard() override { listen_to_progress(nullptr); }
    Heard(const Heard &) = delete;
    Heard &operator=(const Heard &) = delete;

    void begins(const Progress &progress) override { words.push_back(progress.what()); }
    void ends() override { words.emplace_back("end"); }

    std::vector<std::string> words;
};

}  // namespace

TEST_CASE("a listener hears of the outer work only", "[progress]") {
    const Heard heard;
    {
        Progress outer("reads images", 3);
        const Progress inner("reads rows", 7);
        outer.advance();
        outer.advance(2);
        CHECK(outer.done() == 3);
        CHECK(outer.all() == 3);
    }
    { const Progress next("evaluates images"); }
    CHECK(heard.words == std::vector<std::string>{"reads images", "end", "evaluates images", "end"});
}

TEST_CASE("work goes on where nobody listens", "[progress]") {
    Progress progress("reads images", 2);
    progress.advance();
    CHECK(progress.done() == 1);
}
