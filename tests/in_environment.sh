#!/bin/sh
# in_environment.sh VENV REQUIREMENTS ARGUMENT...: runs that environment's Python with the arguments, in the source tree; exit
# code 77 (skipped) where it was not made.
venv=$1 requirements=$2
shift 2
cd "$(dirname "$0")/.." || exit 1
[ -x "$venv/bin/python" ] || {
    echo "skipped: $venv/bin/python is not there; 'scripts/venv.sh $venv $requirements' (part of 'make test') makes it"
    exit 77
}
exec "$PWD/$venv/bin/python" -B "$@"
