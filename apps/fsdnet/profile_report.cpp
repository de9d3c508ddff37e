// Columns are right-aligned; a kernel's name comes last, as it may be long.
#include "apps/fsdnet/profile_report.h"

#include <iomanip>

namespace fsd::command_line {

void print_times(std::ostream &out, const std::string &what, const Times &times, int batch) {
    const auto microseconds = [&](double share) { return 1e6 * times.at(share); };
    out << std::fixed << std::setprecision(1) << what << "  median " << microseconds(0.5) << " us a batch of "
        << batch << " (" << std::setprecision(2) << microseconds(0.5) / batch << " each), 90 % below "
        << std::setprecision(1) << microseconds(0.9) << ", 99 % below " << microseconds(0.99) << "; "
        << std::setprecision(0) << batch / times.at(0.5) << " samples/s, " << times.count() << " runs\n";
}

void print_kernels(std::ostream &out, const NetworkProfile &profile) {
    out << std::fixed
        << "\n   layer        us   share  GFLOP/s  of peak     GB/s  of copy  bound       kernel\n";
    for (const KernelProfile &kernel : profile.kernels) {
        const double seconds = kernel.seconds.at(0.5);
        out << std::setw(8) << (kernel.layer < 0 ? "input" : std::to_string(kernel.layer))
            << std::setprecision(1) << std::setw(10) << 1e6 * seconds << std::setw(6)
            << 100 * seconds / profile.kernel_seconds() << " %" << std::setw(9)
            << 1e-9 * kernel.operations / seconds << std::setw(7) << 100 * kernel.peak_share << " %"
            << std::setw(9) << 1e-9 * kernel.bytes / seconds << std::setw(7) << 100 * kernel.bandwidth_share
            << " %  " << std::left << std::setw(12) << to_string(kernel.bound) << std::right << kernel.kernel
            << '\n';
    }
    out << "Peak: " << 1e-9 * profile.peak
        << " GFLOP/s in registers, and copies of as many bytes; both measured now, on as many threads.\n";
}

}  // namespace fsd::command_line
