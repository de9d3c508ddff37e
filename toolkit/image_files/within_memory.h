// Work with an image that may be too large for this machine.
#pragma once

#include "runtime/error.h"

#include <opencv2/core.hpp>

#include <new>
#include <string>

namespace fsd {

// What `work` returns. Throws Error(unsupported) that names the image where memory ends, the standard
// library's or OpenCV's.
template<typename Work>
auto within_memory(const std::string &subject, Work work) {
    const auto refusal = [&] {
        return Error(ExitCode::unsupported,
                     text(subject, " needs more memory than there is; make it smaller."));
    };
    try {
        return work();
    } catch (const std::bad_alloc &) {
        throw refusal();
    } catch (const cv::Exception &failure) {
        if (failure.code == cv::Error::StsNoMem) {
            throw refusal();
        }
        throw;
    }
}

}  // namespace fsd
