// Which files a piece of work reads and writes, checked before it begins.
#pragma once

#include <string>
#include <vector>

namespace fsd {

struct FileRole {
    std::string role;                       // how a sentence names it: "--curves", "the model"
    std::string path;                       // empty: it is not asked for
    std::vector<std::string> endings = {};  // of an output: those that say its formats, ".png"; empty: any
};

// Throws Error(usage) where an output is an input or another output - the same file on the disk, whatever the
// paths look like and whether or not it is there yet - or where it would replace an image or an array in a
// folder that is an input, or where its name ends as that of another format than it has (a name without an
// ending, a pipe and a device say nothing); Error(bad_input) as check_writable() where an output cannot be
// written. Pipes and devices may have several roles.
void check_outputs(const std::vector<FileRole> &inputs, const std::vector<FileRole> &outputs);

// What the name ends with, in small letters: ".png"; empty where it has no ending.
std::string ending_of(const std::string &path);

// Whether what is written to the path goes to the standard output: "-", /dev/stdout, or a link to it.
bool is_standard_output(const std::string &path);

}  // namespace fsd
