// Tells the kinds of sources apart; a file that cannot be used is noted and passed over.
#include "toolkit/sources/image_source.h"

#include "runtime/error.h"
#include "toolkit/datasets/file_tree.h"
#include "toolkit/datasets/idx.h"
#include "toolkit/datasets/npy_data.h"
#include "toolkit/image_files/image_name.h"
#include "toolkit/image_files/read_image.h"
#include "toolkit/image_files/within_memory.h"
#include "toolkit/images/prepare.h"
#include "toolkit/images/sheet.h"
#include "toolkit/images/shrink.h"
#include "toolkit/sources/even_sample.h"
#include "toolkit/system/progress.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr int longest_side_kept = 448;  // of the photos that the picture shows

class Gatherer {
public:
    Gatherer(const Model &model, const SourceOptions &options)
        : model_(model), options_(options), originals_(options.shown) {}

    void add_path(const std::string &path) {
        std::error_code ignored;  // whoever opens it says what is wrong
        if (!fs::is_directory(path, ignored)) {
            return attempt(path);
        }
        if (is_idx_folder(path)) {
            return add_data(load_idx_folder(path, Split::test), path);
        }
        add_folder(path);
    }

    SourceImages finish() {
        const auto count = static_cast<int>(result_.names.size());
        if (count == 0) {
            throw Error(first_failure_,
                        result_.skipped.size() == 1
                            ? result_.skipped.front().second
                            : text("None of the ", result_.skipped.size(),
                                   " files can be used; the first: ", result_.skipped.front().second));
        }
        if (!bytes_.empty() && !numbers_.empty()) {
            throw Error(
                ExitCode::bad_input,
                text("Some of the ", count, " samples are images and some are numbers; give one kind."));
        }
        result_.pixels = numbers_.empty() ? as_tensor(bytes_, count) : as_tensor(numbers_, count);
        if (options_.unobserved.any() && !bytes_.empty()) {
            result_.mask = make_tensor<std::uint8_t>({count, model_.input.height, model_.input.width, 1});
            std::copy(mask_.begin(), mask_.end(), static_cast<std::uint8_t *>(result_.mask.data()));
        }
        result_.originals = originals_.finish();
        return std::move(result_);
    }

private:
    template<typename Element>
    Tensor as_tensor(const std::vector<Element> &elements, int count) const {
        const Input &input = model_.input;
        Tensor tensor =
            make_tensor(halide_type_of<Element>(), {count, input.height, input.width, input.colors});
        std::copy(elements.begin(), elements.end(), static_cast<Element *>(tensor.data()));
        return tensor;
    }

    void add_folder(const std::string &folder) {
        const FileTree tree = files_below(folder);
        if (!tree.ignored.empty()) {
            result_.notes.push_back(ignored_sentence(text("the folder '", folder, "'"), tree.ignored));
        }
        for (const FileTree::Fault &fault : tree.faults) {
            skip(fault.path, fault.sentence);
        }
        bool any = !tree.faults.empty();
        Progress progress("reads images", tree.files.size());
        for (const std::string &file : tree.files) {
            progress.advance();
            const bool is_foreign = has_foreign_image_name(file);
            if (is_foreign) {
                skip(file, text("The image '", file,
                                "' is of a kind that is not read; convert it to PNG or JPEG."));
            } else if (has_image_name(file)) {
                attempt(file);
            }
            any = any || is_foreign || has_image_name(file);
        }
        if (!any) {
            skip(folder, text("The folder '", folder, "' holds no image files."));
        }
    }

    void skip(const std::string &path, const std::string &reason, ExitCode code = ExitCode::bad_input) {
        if (result_.skipped.empty()) {
            first_failure_ = code;
        }
        result_.skipped.emplace_back(path, reason);
    }

    // Adds a file, or notes why it cannot be used: what is wrong with it, or that memory does not suffice for
    // it.
    void attempt(const std::string &file) {
        try {
            within_memory(text("The file '", file, "'"), [&] { add_file(file); });
        } catch (const Error &error) {
            if (error.code() != ExitCode::bad_input && error.code() != ExitCode::unsupported) {
                throw;
            }
            skip(file, error.what(), error.code());
        } catch (const fs::filesystem_error &error) {
            skip(file, text("The file '", file, "' cannot be read: ", error.code().message(), "."));
        }
    }

    void add_file(const std::string &file) {
        if (fs::is_regular_file(file) && is_idx_images(file)) {
            return has_idx_labels(file) ? add_data(load_idx_file(file), file)
                                        : add_pixels(load_idx_images(file), {}, {}, file);
        }
        if (is_npy(file)) {
            return add_arrays(load_npy_inputs(file), file);
        }
        need_bytes(file);
        const cv::Mat image = read_image(file);
        if (options_.sheet.area() > 0) {
            return add_sheet(image, options_.sheet, file, false);
        }
        if (is_digits_sheet(image)) {
            return add_sheet(image, {digits_cell, digits_cell}, file, true);
        }
        add_image(image, file, label_of(fs::path(file).parent_path().filename().string()),
                  options_.unobserved.transparent ? read_alpha(file) : cv::Mat());
    }

    void need_bytes(const std::string &file) const {
        if (!model_.input.takes_bytes()) {
            throw Error(ExitCode::bad_input,
                        text("The file '", file, "' is no .npy file; this network takes ",
                             model_.input.colors, " numbers for each sample."));
        }
    }

    void add_arrays(const Dataset &inputs, const std::string &file) {
        if (!inputs.is_numeric()) {
            need_bytes(file);
            return add_pixels(inputs.images, {}, {}, file);
        }
        const Input &input = model_.input;
        const Shape shape = shape_of(inputs.features),
                    wanted{shape[0], input.height, input.width, input.colors};
        if (shape != wanted) {
            throw Error(ExitCode::bad_input,
                        text("The numbers in '", file, "' have the shape ", to_string(shape),
                             "; this network takes ", to_string(wanted), "."));
        }
        const auto *first = static_cast<const float *>(inputs.features.data());
        numbers_.insert(numbers_.end(), first, first + element_count(shape));
        for (int i = 0; i < shape[0]; i++) {
            result_.names.push_back(text(file, '[', i, ']'));
            result_.labels.push_back(-1);
        }
    }

    void add_sheet(const cv::Mat &sheet, const cv::Size &cell, const std::string &file, bool digits) {
        const std::vector<cv::Mat> cells = split_sheet(sheet, cell, file);
        const int per_class = sheet.cols / cell.width * digits_rows_per_class;
        for (std::size_t i = 0; i < cells.size(); i++) {
            const std::string name = text(file, '[', i, ']');
            const int label = digits ? label_of(std::to_string(i / per_class)) : -1;
            try {
                add_image(cells[i], name, label);
            } catch (const Error &error) {
                skip(name, error.what(), error.code());
            }
        }
    }

    void add_data(const Dataset &data, const std::string &file) {
        add_pixels(data.images, data.labels, data.classes, file);
    }

    // Images that are in the network's form already pass as they are; others are prepared like photos.
    void add_pixels(const Tensor &images, const std::vector<int> &labels,
                    const std::vector<std::string> &classes, const std::string &file) {
        const Shape shape = shape_of(images);
        const bool fits = shape[1] == model_.input.height && shape[2] == model_.input.width &&
                          shape[3] == model_.input.colors;
        const std::size_t stride = std::size_t(shape[1]) * shape[2] * shape[3];
        const auto *bytes = static_cast<const std::uint8_t *>(images.data());
        for (int i = 0; i < shape[0]; i++) {
            cv::Mat image = as_image(bytes + i * stride, shape);
            const std::string name = text(file, '[', i, ']');
            const int label = labels.empty() ? -1 : label_of(classes[labels[i]]);
            if (fits) {
                bytes_.insert(bytes_.end(), bytes + i * stride, bytes + (i + 1) * stride);
                record_mask(image, {});
                record(image, name, label);
            } else {
                add_image(image, name, label);
            }
        }
    }

    static cv::Mat as_image(const std::uint8_t *bytes, const Shape &shape) {
        const cv::Mat view(shape[1], shape[2], shape[3] == 3 ? CV_8UC3 : CV_8UC1,
                           const_cast<std::uint8_t *>(bytes));
        cv::Mat image = view.clone();
        if (shape[3] == 3) {
            cv::cvtColor(view, image, cv::COLOR_RGB2BGR);
        }
        return image;
    }

    // `alpha` is empty where it does not count.
    void add_image(const cv::Mat &image, const std::string &name, int label, const cv::Mat &alpha = {}) {
        std::vector<std::uint8_t> pixels(std::size_t(model_.input.height) * model_.input.width *
                                         model_.input.colors);
        const bool fits = image.rows == model_.input.height && image.cols == model_.input.width;
        if (options_.unobserved.any() && !fits && model_.preprocessing.kind != "none") {
            throw Error(ExitCode::bad_input,
                        text("The pixels of '", name,
                             "' are cropped and centered before the network sees "
                             "them; to leave some of them unobserved, give an image of its ",
                             model_.input.width, "x", model_.input.height, " pixels."));
        }
        prepare_image(image, options_.unobserved.any() ? Preprocessing{} : model_.preprocessing, model_.input,
                      name, pixels.data());
        bytes_.insert(bytes_.end(), pixels.begin(), pixels.end());
        record_mask(image, alpha);
        record(image, name, label);
    }

    bool is_unobserved(const cv::Mat &image, const cv::Mat &alpha, int y, int x) const {
        if (!alpha.empty() && alpha.at<std::uint8_t>(y, x) == 0) {
            return true;
        }
        const auto gray = [&] { return image.at<std::uint8_t>(y, x); };
        const cv::Vec3b color =
            image.channels() == 3 ? image.at<cv::Vec3b>(y, x) : cv::Vec3b(gray(), gray(), gray());
        return options_.unobserved.color &&
               cv::Vec3b(color[2], color[1], color[0]) == *options_.unobserved.color;
    }

    // A pixel of the network's input is observed where all of the image's pixels in it are.
    void record_mask(const cv::Mat &image, const cv::Mat &alpha) {
        if (!options_.unobserved.any()) {
            return;
        }
        cv::Mat missing(image.size(), CV_8U);
        for (int y = 0; y < image.rows; y++) {
            for (int x = 0; x < image.cols; x++) {
                missing.at<std::uint8_t>(y, x) = is_unobserved(image, alpha, y, x) ? 255 : 0;
            }
        }
        const cv::Size size(model_.input.width, model_.input.height);
        const bool shrinks = missing.cols > size.width || missing.rows > size.height;
        cv::Mat fitted;
        cv::resize(missing, fitted, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_NEAREST);
        for (int y = 0; y < fitted.rows; y++) {
            for (int x = 0; x < fitted.cols; x++) {
                mask_.push_back(fitted.at<std::uint8_t>(y, x) == 0 ? 1 : 0);
            }
        }
    }

    void record(const cv::Mat &image, const std::string &name, int label) {
        result_.names.push_back(name);
        result_.labels.push_back(label);
        originals_.add([&] { return shrunk(image, longest_side_kept).clone(); });
    }

    int label_of(const std::string &name) const {
        const auto found = std::find(model_.classes.begin(), model_.classes.end(), name);
        return found == model_.classes.end() ? -1 : static_cast<int>(found - model_.classes.begin());
    }

    const Model &model_;
    const SourceOptions &options_;
    SourceImages result_;
    ExitCode first_failure_ = ExitCode::bad_input;
    EvenSample<cv::Mat> originals_;
    std::vector<std::uint8_t> bytes_, mask_;
    std::vector<float> numbers_;
};

}  // namespace

SourceImages gather_images(const std::vector<std::string> &paths, const Model &model,
                           const SourceOptions &options) {
    Gatherer gatherer(model, options);
    for (const std::string &path : paths) {
        gatherer.add_path(path);
    }
    return gatherer.finish();
}

}  // namespace fsd
