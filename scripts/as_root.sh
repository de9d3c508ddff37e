#!/bin/sh
# as_root.sh <command>: runs a command as root, without questions from apt. Exit code 4, naming the command, where
# neither root nor sudo is at hand.
set -eu

if [ "$(id -u)" -eq 0 ]; then
    sudo=
elif [ -t 0 ] && command -v sudo >/dev/null; then
    sudo=sudo
elif sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    echo "There is neither root nor sudo here. Let an administrator run this, then try again:" >&2
    echo "    $*" >&2
    exit 4
fi
exec $sudo env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
