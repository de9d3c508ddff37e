#!/bin/sh
# run.sh: compares analyses with the packages ace and scikit-learn in the environment of requirements.txt; exit code 77
# (skipped) without it.
cd "$(dirname "$0")/../.." || exit 1
python=.venv-independent/bin/python
[ -x "$python" ] || {
    echo "skipped: $python with ace and scikit-learn is not there;" \
         "'scripts/venv.sh .venv-independent tests/independent/requirements.txt' (part of 'make test') makes it"
    exit 77
}
exec "$python" -B -m unittest discover --start-directory tests/independent
