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
    unlink((log + ".old").c_str());
    fuzz::write_to(record, data, size);
    fuzz::accepted([&] { read_records(record, "kld_linear"); });
    return 0;
}
