// Colors come from the reader's choice of light or dark; bars are drawn by the browser.
#include "toolkit/profiling/profile_page.h"

#include "toolkit/system/markup_text.h"

#include <iomanip>
#include <sstream>

namespace fsd {
namespace {

constexpr const char *head = R"(<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>
:root { color-scheme: light dark; font: 15px system-ui, sans-serif; }
body { max-width: 60em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; white-space: nowrap; padding: .3em .6em; border-bottom: 1px solid #8884; }
th:first-child, td:first-child { text-align: left; }
.bar { background: #3b7dd8; height: .8em; border-radius: 2px; }
.bar.memory { background: #d8873b; }
td.bars { width: 30%; }
</style>
)";

void add_kernel(std::ostream &out, const KernelProfile &kernel, double all) {
    const double seconds = kernel.seconds.at(0.5), share = 100 * seconds / all;
    out << "<tr><td>" << markup_text(kernel.kernel) << "<td>"
        << (kernel.layer < 0 ? std::string("input") : std::to_string(kernel.layer)) << "<td>" << 1e6 * seconds
        << "<td>" << share << " %<td class=\"bars\"><div class=\"bar " << to_string(kernel.bound)
        << "\" style=\"width:" << share << "%\"></div><td>" << 1e-9 * kernel.operations / seconds << "<td>"
        << 100 * kernel.peak_share << " %<td>" << 1e-9 * kernel.bytes / seconds << "<td>"
        << 100 * kernel.bandwidth_share << " %\n";
}

}  // namespace

std::string page_of(const NetworkProfile &profile, const std::string &title) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::fixed << std::setprecision(1) << head << "<title>" << markup_text(title) << "</title>\n<h1>"
        << markup_text(title) << "</h1>\n<p>A batch of " << profile.batch << " on " << profile.device << ", "
        << profile.threads << (profile.threads == 1 ? " thread" : " threads") << ": median "
        << 1e6 * profile.seconds.at(0.5) << " µs, 90 % below " << 1e6 * profile.seconds.at(0.9)
        << " µs, 99 % below " << 1e6 * profile.seconds.at(0.99) << " µs; "
        << profile.batch / profile.seconds.at(0.5) << " samples per second.\n";
    if (profile.kernels.empty()) {
        return out.str() + "<p>Kernels are not timed one by one on this device.\n";
    }
    out << "<p>Measured peak of this machine: " << 1e-9 * profile.peak
        << " GFLOP/s. Blue bars: arithmetic is the larger share of what the machine can do; orange bars: "
           "memory is.\n"
           "<table><tr><th>kernel<th>last layer<th>µs<th>share<th><th>GFLOP/s<th>of peak<th>GB/s<th>of "
           "bandwidth\n";
    for (const KernelProfile &kernel : profile.kernels) {
        add_kernel(out, kernel, profile.kernel_seconds());
    }
    return out.str() + "</table>\n";
}

}  // namespace fsd
