// How tuning ends where the user asked it to.
#pragma once

#include "runtime/error.h"

namespace fsd {

// Throws Error(check_failed) where work was interrupted; what was measured by then is in the log.
inline void end_if(bool interrupted) {
    if (interrupted) {
        throw Error(ExitCode::check_failed, "Interrupted; the same command goes on where it stopped.");
    }
}

}  // namespace fsd
