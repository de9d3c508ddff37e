# The command line in an image of Debian 12: built by the commands of the Makefile, delivered as the Debian package.
#   docker build -t fsdnet . && docker run --rm -v "$PWD:/data" -w /data fsdnet classify photo.jpg
FROM debian:12 AS build
RUN apt-get update && apt-get install -y --no-install-recommends make ca-certificates git && rm -rf /var/lib/apt/lists/*
COPY . /source
WORKDIR /source
RUN make deb

FROM debian:12-slim
COPY --from=build /source/build/release/debian/fsdnet_*.deb /packages/
RUN apt-get update && apt-get install -y --no-install-recommends /packages/*.deb && rm -rf /var/lib/apt/lists/* /packages
ENTRYPOINT ["fsdnet"]
CMD ["--help"]
