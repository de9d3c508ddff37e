// First what fsdnet itself wrote; else node by node.
#include "toolkit/onnx/import/onnx_import.h"

#include "runtime/error.h"
#include "runtime/formats/content_kind.h"
#include "runtime/formats/printable_text.h"
#include "runtime/models/activations.h"
#include "toolkit/onnx/import/graph_walk.h"
#include "toolkit/onnx/import/onnx_restore.h"
#include "toolkit/system/limited_file.h"

#include <filesystem>

namespace fsd {
namespace {

bool is_plain(const OnnxImportOptions &options) {
    return options.result.empty() && options.classes.empty() && options.axes.empty() && options.scale == 1 &&
           options.offset == 0;
}

// Texts that the description has and nodes have not.
void take_texts(Model &model, const Model &described, const OnnxImportOptions &options) {
    if (options.classes.empty() && described.classes.size() == model.classes.size()) {
        model.classes = described.classes;
    }
    model.preprocessing = described.preprocessing;
    model.notes = described.notes;
}

}  // namespace

OnnxImported import_onnx_bytes(const std::string &bytes, const std::string &folder,
                               const OnnxImportOptions &options) {
    OnnxSource source = read_onnx(bytes, folder, options.most_numbers);
    OnnxImported imported;
    imported.operator_set = source.operator_set;
    imported.nodes = source.nodes.size();
    std::optional<Model> described;
    try {
        described = described_model(source);
    } catch (const Error &error) {
        imported.notes.push_back(text("The file's own description is not used: ", error.what()));
    }
    std::optional<Model> restored =
        described && is_plain(options) ? restored_model(*described, source, bytes) : std::nullopt;
    imported.is_restored = restored.has_value();
    if (restored) {
        imported.model = std::move(*restored);
        return imported;
    }
    Refusals refusals;
    imported.model = walk_graph(source, options, refusals, imported.notes);
    if (!refusals.empty()) {
        imported.model = {};
        imported.refused = refusals.all();
        return imported;
    }
    if (described) {
        take_texts(imported.model, *described, options);
        imported.notes.push_back(
            "The nodes are not those that fsdnet would write for the network described in "
            "the file; they were read one by one.");
    }
    return imported;
}

OnnxImported import_onnx(const std::string &path, const OnnxImportOptions &options) {
    const std::string bytes = read_limited(
        path, most_onnx_bytes, "an ONNX model, beside which larger constants can lie as external data,");
    try {
        return import_onnx_bytes(bytes, std::filesystem::absolute(path).parent_path(), options);
    } catch (const Error &error) {
        // What is something else is said to be that.
        const std::string kind = content_kind(bytes.substr(0, content_kind_bytes));
        throw Error(error.code(),
                    text("'", printable_text(path),
                         "': ", kind.empty() ? error.what() : "This is no ONNX model; it is " + kind + "."));
    }
}

}  // namespace fsd
