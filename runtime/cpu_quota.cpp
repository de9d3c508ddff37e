// Walks from the process's control group up to the root, as the kernel does when it applies the limits.
#include "runtime/cpu_quota.h"

#include <algorithm>
#include <fstream>

namespace fsd {
namespace {

// The smaller limit, where 0 is none.
double tighter(double a, double b) {
    return a > 0 && b > 0 ? std::min(a, b) : std::max(a, b);
}

double ratio(double time, double period) {
    return time > 0 && period > 0 ? time / period : 0;
}

double limit_version_2(const std::string &folder) {
    double time = 0, period = 0;
    std::ifstream file(folder + "/cpu.max");
    return file >> time >> period ? ratio(time, period) : 0;  // "max 100000" fails: no limit
}

double limit_version_1(const std::string &folder) {
    double time = 0, period = 0;
    std::ifstream times(folder + "/cpu.cfs_quota_us"), periods(folder + "/cpu.cfs_period_us");
    return times >> time && periods >> period ? ratio(time, period) : 0;  // -1: no limit
}

// Inside a container the path may be one of the host, of which only the root is mounted.
double tightest(double (*limit)(const std::string &), const std::string &mount, std::string path) {
    double found = limit(mount);
    for (; path.size() > 1; path.resize(path.find_last_of('/'))) {
        found = tighter(found, limit(mount + path));
    }
    return found;
}

}  // namespace

double cpu_quota(const std::string &root) {
    const std::string mount = root + "/sys/fs/cgroup";
    double found = 0;
    std::ifstream groups(root + "/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {  // hierarchy:controllers:path
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1),
                          path = line.substr(second + 1);
        if (controllers.empty()) {
            found = tighter(found, tightest(limit_version_2, mount, path));
        } else if (("," + controllers + ",").find(",cpu,") != std::string::npos) {
            found = tighter(found, tightest(limit_version_1, mount + "/cpu", path));
        }
    }
    return found;
}

}  // namespace fsd
