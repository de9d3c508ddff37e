// One sentence for all layers.
#include "apps/fsdnet/raised_numbers.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/layers/kld_parameters.h"

namespace fsd::command_line {

void note_raised_numbers(const Model &model) {
    std::size_t count = 0;
    for (const Layer &layer : model.layers) {
        count += count_of_raised(model, layer);
    }
    if (count > 0) {
        note(text(count, count == 1 ? " log q of the file is" : " log q of the file are",
                  " below -87 nats and count as -87, as in all of fsdnet: results, bounds and certificates "
                  "are about that function (docs/formats.md)."));
    }
}

}  // namespace fsd::command_line
