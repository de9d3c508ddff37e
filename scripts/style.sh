#!/bin/sh
# style.sh: house rules and format. Both report before the exit code says 1.
set -u
cd "$(dirname "$0")/.."

failed=0
scripts/house_rules.sh || failed=1
git ls-files -z '*.c' '*.cpp' '*.h' | xargs -0 clang-format --dry-run --Werror ||
    { echo "clang-format: 'make format' mends the files above"; failed=1; }
exit $failed
