// A folder for files on their way; disappears with all that is in it.
#pragma once

#include <string>
#include <vector>

namespace fsd {

class WorkFolder {
public:
    // Made where the environment's TMPDIR says, else in /tmp; its name begins with `name`. Throws
    // Error(unsupported) where that is not possible.
    explicit WorkFolder(const std::string &name);
    ~WorkFolder() { remove(); }
    WorkFolder(const WorkFolder &) = delete;
    WorkFolder &operator=(const WorkFolder &) = delete;

    const std::string &path() const { return path_; }
    std::string file(const std::string &name) const { return path_ + "/" + name; }

    // Paths in alphabetical order.
    std::vector<std::string> files() const;

    // Why nothing more can be written here, as a sentence; empty where it can.
    std::string trouble() const;

    // Removes it before its time.
    void remove() noexcept;

private:
    std::string path_;
};

}  // namespace fsd
