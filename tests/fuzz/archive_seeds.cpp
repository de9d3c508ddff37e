// Sets of images and arrays, whole and wrong in one place each.
#include "tests/datasets/pack.h"
#include "tests/fuzz/seed_folder.h"
#include "toolkit/npy/npy.h"

#include <algorithm>
#include <cstring>

namespace fsd::testing {

void image_sets(Seeds &seeds) {
    const Bytes images = idx({2, 3, 4}, Bytes(24, 7)), labels = idx({2}, {1, 0});
    seeds.write("idx", images);
    seeds.write("idx", gzipped(images));
    seeds.write("idx", Bytes(images.begin(), images.begin() + 20));
    Bytes both = {0, static_cast<std::uint8_t>(labels.size())};
    both.insert(both.end(), labels.begin(), labels.end());
    both.insert(both.end(), images.begin(), images.end());
    seeds.write("idx", both);
    both[0] = 0x80;  // EMNIST's
    seeds.write("idx", both);
    for (const Bytes &wrong :
         {idx({0, 3, 4}, {}), idx({2, 3, 4}, Bytes(25, 7)), idx({1 << 20, 1 << 20, 4}, {}),
          gzipped(idx({16000, 256, 256}, {})), idx({3, 3, 4}, Bytes(36, 7))}) {
        seeds.write("idx", wrong);
        Bytes beside = both;
        beside.resize(2 + labels.size());
        beside.insert(beside.end(), wrong.begin(), wrong.end());
        seeds.write("idx", beside);
    }
    Bytes cut = gzipped(images);
    cut.resize(cut.size() - 6);
    seeds.write("idx", cut);
    both[9] = 3;  // more labels than there are
    seeds.write("idx", both);
    seeds.write("cifar10", Bytes{1, 3, 0, 0, 255});
    seeds.write("cifar10", Bytes{1, 99});
    seeds.write("cifar10", Bytes{0, 1});
    seeds.write("cifar10", Bytes(1 + 3073, 0));
    const Bytes gray = png(2, 3, 1, 9);
    const Bytes archive = tar(
        {tar_entry("train/a/1.png", gray), tar_entry("train/b/1.png", gray),
         tar_entry("././@LongLink", Bytes(150, 'x'), 'L'), tar_entry("test/a/1.png", gray),
         tar_entry("pax", {'9', ' ', 's', 'i', 'z', 'e', '=', '1', '\n'}, 'x'), tar_entry("link", {}, '2')});
    std::vector<Bytes> archives = {archive, gzipped(archive), tar({})};
    for (const char type : std::string("\00012345678SVDKgXxLN", 18)) {
        archives.push_back(tar({tar_entry("train/a/1.png", gray, type), tar_entry("train/b/1.png", gray),
                                tar_entry("test/a/1.png", gray)}));
    }
    for (const char *record :
         {"26 GNU.sparse.name=a/1.png\n", "19 path=train/c.png\n", "11 size=-1\n", "9 sizes\n"}) {
        const std::string text(record);
        archives.push_back(
            tar({tar_entry("pax", Bytes(text.begin(), text.end()), 'x'), tar_entry("train/a/1.png", gray)}));
    }
    Bytes binary = tar_entry("train/a/1.png", gray);
    std::fill_n(binary.begin() + 125, 11, 0);
    binary[124] = 0x80;
    binary[135] = static_cast<std::uint8_t>(gray.size());
    archives.push_back(tar({binary, tar_entry("train/b/1.png", gray)}));
    archives.push_back(Bytes(512, 0));
    archives.back().resize(1024, 7);
    for (Bytes bytes : archives) {
        for (const std::uint8_t repaired : {0, 1}) {
            bytes.insert(bytes.begin(), repaired);
            seeds.write("tar", bytes);
            bytes.erase(bytes.begin());
        }
    }
}

// Archives that libarchive reads, and arrays in them.
void packed(Seeds &seeds) {
    const TemporaryFolder folder;
    const auto write = [&](const std::string &fuzzer, const std::string &format, const std::string &filter,
                           const std::vector<Packed> &files, const char *options = nullptr) {
        for (const char repaired : {0, 1}) {
            seeds.write(fuzzer, repaired + read_bytes(pack(folder, format, filter, files, options)));
        }
    };
    const Bytes gray = png(2, 3, 1, 9);
    const std::vector<Packed> images = {
        {"train/a/1.png", gray}, {"train/b/1.png", gray}, {"test/a/1.png", gray}};
    write("tar", "zip", "", images);
    write("tar", "zip", "", {{"a/1.png", gray}, {"b/1.png", {}, AE_IFLNK}});
    for (const char *filter : {"xz", "bzip2", "zstd", "compress"}) {
        write("tar", "ustar", filter, images);
    }
    write("tar", "pax", "xz", {{"a/1.png", gray}, {"b", {}, AE_IFDIR}, {"b/1.png", {}, AE_IFLNK}});
    for (const char type : {'1', '2', 'S', 'V'}) {
        write("tar", "raw", "bzip2",
              {{"x", tar({tar_entry("a/1.png", gray), tar_entry("b/1.png", gray, type)})}});
    }
    // What tar has beside files, as libarchive sees it: names of links, and maps of what is not zero.
    const std::vector<Packed> two = {{"a/1.png", gray}, {"b/1.png", gray}};
    write("tar", "pax", "xz", {{"a/1.png", gray}, {"b/1.png", {}, AE_IFLNK, "a/1.png"}});
    write("tar", "gnutar", "bzip2", {{"a/1.png", gray}, {"b/1.png", {}, AE_IFREG, "a/1.png"}});
    write("tar", "pax", "xz", {{"a/1.png", gray}, {"b/1.png", gray, AE_IFREG, "", 5}});
    write("tar", "cpio", "xz", two);
    write("tar", "zip", "", two, "zip:encryption=zipcrypt");
    Bytes none = tar({tar_entry("train/a/1.png", gray)});
    none.resize(none.size() - 512);
    write("tar", "raw", "xz", {{"x", none}});
    // It unpacks to more than is read, once in one entry and once in all.
    write("tar", "raw", "bzip2", {{"x", tar({tar_entry("a/1.png", Bytes((65 << 20) + 1, 0))})}});
    write("tar", "zip", "", {{"a/1.png", Bytes((64 << 20) + 1, 0)}});
    std::string socket = read_bytes(pack(folder, "zip", "", two));  // by its mode, where a file was
    for (std::size_t at = socket.find("\xa4\x81"); at != std::string::npos; at = socket.find("\xa4\x81")) {
        socket[at + 1] = '\xc1';
    }
    seeds.write("tar", '\0' + socket);
    std::string damaged =
        read_bytes(pack(folder, "zip", "", {{"a/1.png", Bytes(3000, 7)}, {"b/1.png", gray}}));
    damaged[50] = static_cast<char>(damaged[50] ^ 0x55);
    seeds.write("tar", '\0' + damaged);
    write("tar", "raw", "xz", {{"x", Bytes(700, 'x')}});
    write("tar", "pax", "zstd", {{"a/1.png", gray}, {"pipe", {}, AE_IFIFO}, {"b/1.png", gray}});
    const auto array = [](const std::string &name, const std::string &bytes) {
        return Packed{name + ".npy", Bytes(bytes.begin(), bytes.end())};
    };
    const Tensor pixels = make_tensor<std::uint8_t>({2, 1, 2}), numbers = make_tensor<float>({2, 3}),
                 labels = make_tensor<std::int64_t>({2});
    std::memset(pixels.data(), 7, pixels.size_in_bytes());
    std::memset(numbers.data(), 0, numbers.size_in_bytes());
    std::memset(labels.data(), 0, labels.size_in_bytes());
    const std::string x = npy_bytes(pixels, {2, 1, 2}), z = npy_bytes(numbers, {2, 3}),
                      y = npy_bytes(labels, {2});
    const char *const stored = "zip:compression=store";
    write("npz", "zip", "", {array("x", x), array("y", y)});
    write("npz", "zip", "", {array("x", z), array("y", z)}, stored);
    write("npz", "zip", "", {array("x", x)}, stored);
    write("npz", "zip", "",
          {array("train_images", x), array("train_labels", y), array("test_images", x),
           array("test_labels", y), array("val_images", x)},
          stored);
    write("npz", "zip", "", {array("x", x), array("data", x), array("y", y)}, stored);
    write("npz", "zip", "", {array("x_images", x), array("what", x), array("train_test_x", y)}, stored);
    write("npz", "zip", "", {array("x", y), array("y", "no array")}, stored);
    write("npz", "zip", "", {}, stored);
    write("npz", "zip", "", {{"x.npy", {}, AE_IFLNK}}, stored);
}

}  // namespace fsd::testing
