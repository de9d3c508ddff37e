// The log of a search, and the record of an operator.
#include "tests/fuzz/input.h"
#include "toolkit/tuning/journal.h"
#include "toolkit/tuning/record.h"

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace fsd::tuning;
    const std::string log = fuzz::folder() + "/log", record = fuzz::folder() + "/record.json";
    fuzz::write_to(log, data, size);
    fuzz::accepted([&] {
        const std::size_t entries = Journal(log, subject_of(log)).entries().size();
        fuzz::require(Journal(log, subject_of(log)).entries().size() == entries,
                      "what was read is read again");
    });
    fuzz::accepted([&] {
        const Log read = read_log(log);
        Journal again(log, read.subject);
        fuzz::require(again.entries().size() == read.entries.size() && again.elapsed() >= 0,
                      "a log that is only read says the same");
        again.append(JournalEntry{{}, -1, false, false, "wrong", "It is.", "default", 1, {}, {}, {}, 1});
        again.write_anew(read.subject, read.entries);
    });
    // Where another search begins, the log is moved away.
    fuzz::accepted([&] { Journal(log, Subject{"erf", "avx2", "CPU", "", 1, {{{"sample", 1}}}}); });
    unlink((log + ".old").c_str());
    fuzz::write_to(record, data, size);
    fuzz::accepted([&] { read_records(record, "kld_linear"); });
    fuzz::require(read_records(record + ".none", "kld_linear").empty(),
                  "where there is no file there is no record");
    return 0;
}
