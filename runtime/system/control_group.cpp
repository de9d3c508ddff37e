// Walks from the process's control group up to the root, as the kernel does when it applies the limits.
#include "runtime/system/control_group.h"

#include "runtime/error.h"

#include <algorithm>
#include <fstream>
#include <locale>

namespace fsd {
namespace {

// The smaller limit, where 0 is none.
double tighter(double a, double b) {
    return a > 0 && b > 0 ? std::min(a, b) : std::max(a, b);
}

double ratio(double time, double period) {
    return time > 0 && period > 0 ? time / period : 0;
}

// Whose numbers are read the same in every locale.
class PlainFile : public std::ifstream {
public:
    explicit PlainFile(const std::string &path) : std::ifstream(path) { imbue(std::locale::classic()); }
};

// The first number in a file, 0 where there is none: "max" in version 2, -1 in version 1.
double number_in(const std::string &path) {
    double number = 0;
    PlainFile file(path);
    return file >> number && number > 0 ? number : 0;
}

double quota_version_2(const std::string &folder) {
    double time = 0, period = 0;
    PlainFile file(folder + "/cpu.max");
    return file >> time >> period ? ratio(time, period) : 0;  // "max 100000" fails: no limit
}

double quota_version_1(const std::string &folder) {
    return ratio(number_in(folder + "/cpu.cfs_quota_us"), number_in(folder + "/cpu.cfs_period_us"));
}

double memory_version_2(const std::string &folder) {
    return number_in(folder + "/memory.max");
}

// "No limit" is the largest number of pages that the kernel can count.
double memory_version_1(const std::string &folder) {
    constexpr double none = 9e18;
    const double bytes = number_in(folder + "/memory.limit_in_bytes");
    return bytes < none ? bytes : 0;
}

using Limit = double (*)(const std::string &folder);

// Inside a container the path may be one of the host, of which only the root is mounted.
double tightest(Limit limit, const std::string &mount, std::string path) {
    double found = limit(mount);
    for (; path.size() > 1; path.resize(path.find_last_of('/'))) {
        found = tighter(found, limit(mount + path));
    }
    return found;
}

// `controller` is its name in version 1.
double tightest_of_all(const std::string &root, const std::string &controller, Limit version_1,
                       Limit version_2) {
    const std::string mount = root + "/sys/fs/cgroup";
    double found = 0;
    std::ifstream groups(root + "/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {  // hierarchy:controllers:path
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = text(',', line.substr(first + 1, second - first - 1), ','),
                          path = line.substr(second + 1);
        if (controllers == ",,") {
            found = tighter(found, tightest(version_2, mount, path));
        } else if (controllers.find(text(',', controller, ',')) != std::string::npos) {
            found = tighter(found, tightest(version_1, text(mount, '/', controller), path));
        }
    }
    return found;
}

}  // namespace

double cpu_quota(const std::string &root) {
    return tightest_of_all(root, "cpu", quota_version_1, quota_version_2);
}

double memory_limit(const std::string &root) {
    return tightest_of_all(root, "memory", memory_version_1, memory_version_2);
}

}  // namespace fsd
