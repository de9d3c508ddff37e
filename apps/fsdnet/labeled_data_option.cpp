// Loads, and says what the user should know.
#include "apps/fsdnet/labeled_data_option.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::command_line {

void add_labels_option(CLI::App &verb, std::string &labels) {
    verb.add_option("--labels", labels, "The labels that belong to --data FILE.npy: a .npy file")
        ->type_name("FILE");
}

Dataset noted_load(const Model &model, const DataOptions &options) {
    Dataset data = load_for(model, options);
    std::for_each(data.notes.begin(), data.notes.end(), note);
    if (!data.split) {
        note(text(data.source, " does not tell training from test images; all are used."));
    }
    return data;
}

}  // namespace fsd::command_line
