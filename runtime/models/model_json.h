// The description of a model (everything but its tensors) as the __metadata__ of its file.
#pragma once

#include "runtime/model.h"

namespace fsd {

// The newest version of the format. A model is written in the oldest version that can say it; older ones are
// read, newer ones refused (docs/formats.md has the policy).
constexpr const char *model_format_version = "3";

std::map<std::string, std::string> description_to_metadata(const Model &model);

// A model without tensors. Throws Error(bad_input) that says where the description is wrong. Its layers are
// checked by expected_tensors().
Model description_from_metadata(const std::map<std::string, std::string> &metadata);

// The same from the description's JSON alone, as in the files that networks are trained from. `name` is what
// the text is called in sentences. The classes may be missing: the training data know them.
Model description_from_json(const std::string &json, const std::string &name);

}  // namespace fsd
