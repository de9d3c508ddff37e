#!/bin/sh
# packages.sh [coverage|deb|fuzz|lint|mpi|python|rivals|test]: installs what is missing of the Debian packages that the build (or the
# fuzzers, their coverage, the lint, training over MPI, the Python package, the rivals' benchmark, the tests) needs.
# Exit code 4, with the command to run, where that is not possible.
set -eu
cd "$(dirname "$0")"
[ "${FSDNET_PACKAGES:-}" != skip ] || exit 0

build="g++ make python3 python3-venv
       libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev zlib1g-dev
       libcairo2-dev libfontconfig-dev libfreetype-dev libraqm-dev fonts-dejavu-core
       libpng-dev libtiff-dev libturbojpeg0-dev libwebp-dev
       nlohmann-json3-dev libcli11-dev libarchive-dev libeigen3-dev catch2 libbenchmark-dev libonnx-dev libprotobuf-dev libmicrohttpd-dev"
deb="dpkg-dev file git"
fuzz="clang libclang-rt-14-dev"
coverage="$fuzz llvm"
lint="clang-format clang-tidy git"
# PyTorch takes the matrix products of the BLAS that is installed, which without OpenBLAS is the reference.
rivals="python3-torch libopenblas0-pthread libxnnpack0 libpthreadpool0"
mpi="libopenmpi-dev openmpi-bin"
python="python3-dev"
# OpenCL on the CPU: the tests run the GPU kernels on it where there is no GPU. A browser draws on the page of `fsdnet demo`.
# Compiled networks run on other machines: 64-bit ARM in an emulator, WebAssembly in Node.
test="$python dpkg-dev file lintian groff-base ocl-icd-libopencl1 pocl-opencl-icd chromium chromium-driver python3-selenium
      qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross lld nodejs $mpi iproute2"

wanted=$build
[ "${1:-build}" = coverage ] && wanted="$build $coverage"
[ "${1:-build}" = deb ] && wanted="$build $deb"
[ "${1:-build}" = fuzz ] && wanted="$build $fuzz"
[ "${1:-build}" = lint ] && wanted="$build $lint"
[ "${1:-build}" = mpi ] && wanted="$build $mpi"
[ "${1:-build}" = python ] && wanted="$build $python"
[ "${1:-build}" = rivals ] && wanted="$build $rivals"
[ "${1:-build}" = test ] && wanted="$build $test"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not a Debian system (no dpkg-query or apt-get). Install the equivalents of" $wanted \
         "and run again with FSDNET_PACKAGES=skip in the environment." >&2
    exit 4
fi

missing=
for package in $wanted; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

# An administrator is given one line, whatever else would be run first.
install="apt-get install -y --no-install-recommends$missing"
echo "Debian packages are missing:$missing"
./as_root.sh true 2>/dev/null || ./as_root.sh $install

# The package lists of a new machine are empty, those of an old one can name versions that are gone.
apt-cache show $missing >/dev/null 2>&1 && ./as_root.sh $install ||
    { ./as_root.sh apt-get update && ./as_root.sh $install; }
