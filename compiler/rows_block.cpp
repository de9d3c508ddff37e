// Sites behind the last one, which squares of rows ask for, repeat it.
#include "compiler/rows_block.h"

#include "compiler/evidence_block.h"

namespace fsd::compiler {

using Halide::Expr;

RowsBlock::RowsBlock(const StageKind &rows, const StageMap &input) : input(input) {
    const Normalization &names = normalization;
    const Expr site = min(names.site, input.sites() - 1);
    rows.normalize(normalization, input.states, [&, site](const Expr &state) {
        return input.values(state + input.states * names.group, site % input.width, site / input.width,
                            names.sample);
    });
    output = map_of(normalization, input);
}

}  // namespace fsd::compiler
