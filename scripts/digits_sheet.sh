#!/bin/sh
# digits_sheet.sh <file>: takes digits.png, 5,000 handwritten digits, out of Debian's package opencv-doc without
# installing the package (274 MB).
set -eu
target=$PWD/$1
folder=$(mktemp -d "$target.XXXXXX")
trap 'rm -rf "$folder"' EXIT

root=$(cd "$(dirname "$0")" && pwd)
apt-cache show opencv-doc >/dev/null 2>&1 || "$root/as_root.sh" apt-get update
cd "$folder"
echo "Fetching the sheet of digits from Debian's package opencv-doc (96 MB, of which one file is kept)"
# apt's own user cannot write here; that is not worth a warning.
apt-get -q download -o APT::Sandbox::User=root opencv-doc
dpkg-deb --fsys-tarfile opencv-doc_*.deb | tar xf - ./usr/share/doc/opencv-doc/examples/data/digits.png
mv usr/share/doc/opencv-doc/examples/data/digits.png "$target"
