#!/bin/sh
# house_rules.sh: the rules that no compiler checks. Prints every line that breaks one; exit code 1 if there is any.
set -eu
cd "$(dirname "$0")/.."

broken=0
# rule <sentence>: reads the places that break it, fails where there is one.
rule() {
    places=$(cat)
    [ -n "$places" ] || return 0
    printf '%s\n%s\n' "$1" "$places" | sed '2,$s/^/    /'
    return 1
}
# found <pattern> <files...>: where tracked files have the pattern; this file names the patterns and does not count.
found() {
    pattern=$1
    shift
    git grep -nIE "$pattern" -- "$@" ':!scripts/house_rules.sh' ':!LICENSE' || [ $? -eq 1 ]
}
sources() { git ls-files -- '*.c' '*.cpp' '*.h' '*.cmake' '*CMakeLists.txt' '*.py' '*.sh' Makefile .ci/run; }

sources | while read -r file; do
    # The first line of a script is the one for the kernel.
    awk 'NR == 1 && /^#!/ { next } { exit !/^(\/\/|#|"""|\/\*) ?[^ ]/ }' "$file" || echo "$file"
done | rule "The first line says what the file is, in a comment:" || broken=1

sources | while read -r file; do
    lines=$(wc -l < "$file")
    [ "$lines" -le 400 ] || echo "$file: $lines"
done | rule "A file has at most 400 lines:" || broken=1

found '#include [<"](Halide\.h|generators/|schedules/)' runtime apps toolkit bench cases ':!bench/device/peak_generator.cpp' |
    rule "What runs (but for the tests, and the generator of a device's peak) never includes Halide.h, generators/ or schedules/:" || broken=1

found '#include "(runtime|apps|toolkit|bench|cases|tests)/' generators schedules |
    rule "Generators and schedules never include what runs:" || broken=1

# Quantization is about a fixed set of kinds, whose arithmetic it is; starter networks are made of a few; `kernels run` knows arguments of kernels.
found '"(log_likelihood|log_prior|observations|weight|bias|kld_linear|kld_conv|conv|grouped_conv|linear|locally_connected|batch_norm|relu|sigmoid|erf|quadratic|(log_)?(hard_)?normalize|(log_)?softmax|(log_)?marginal_pool|(renormalized_)?max_pool|average_pool)"' \
    'runtime/*.cpp' 'runtime/*.h' 'toolkit/*.cpp' 'toolkit/*.h' 'compiler/*.cpp' 'compiler/*.h' |
    grep -vE '^[a-z/_]*/(layers|losses|operators|signatures|kernel_runs|quantization|pictures|starters)/|^runtime/(fsdnet|signature)\.h' |
    rule "Names of roles and of kinds stand in the rooms of the kinds (layers/) only:" || broken=1

found '#include "schedules/' generators | rule "Formulas never include schedules:" || broken=1

found '\.(vectorize|parallel|tile|split|fuse|reorder|unroll|compute_at|compute_root|compute_with|store_at|store_root|store_in|hoist_storage|bound|rfactor|atomic|prefetch|gpu_[a-z]+)\(' generators |
    rule "Generators hold formulas; scheduling calls stand in schedules/:" || broken=1

found '\b([Cc]olour|[Nn]eighbour|[Bb]ehaviour|[Ff]avour|[Ee]rr?our|[Cc]entre[ds]?\b|[Aa]nalys(e|ed|ing)\b|[Ll]abell(ed|ing)|[Mm]odell(ed|ing)|[Cc]atalogue|[Ll]icence|[Gg]rey\b)' '*' |
    rule "Spelling is American (color, neighbor, behavior, center, analyze, labeled, gray):" || broken=1

found '([Nn]ormal|[Qq]uant|[Oo]ptim|[Ii]nitial|[Gg]eneral|[Rr]egular|[Ss]erial|[Ss]pecial|[Oo]rgan|[Rr]ecogn|[Ss]ummar|[Mm]axim|[Mm]inim|[Uu]til|[Pp]arallel|[Vv]ector|[Vv]isual|[Ss]tandard|[Ss]ynchron|[Pp]arametr)is(e|es|ed|er|ing|ation)\b' '*' |
    rule "Spelling is American (normalize, quantize, optimize):" || broken=1

found '(^|[^A-Za-z0-9_.~-])/(work|home|root|farm|Users)/' '*' |
    rule "No path of one machine:" || broken=1

found '\b(TODO|FIXME|XXX)\b' '*' |
    rule "No marks of unfinished work; the issue tracker keeps them:" || broken=1

# A linker takes either of two classes of one name for both. Those of a header, outside of any function or class.
git ls-files -- '*.h' | xargs awk '
    FNR == 1 { depth = 0 }
    /^namespace .*\{$/ { space[++depth] = $2 }
    /^}  \/\/ namespace/ { depth-- }
    /^(class|struct|union|enum|enum class) [A-Za-z_]+ .*[{:]/ && !/;$/ {
        line = $0
        sub(/^(enum class|class|struct|union|enum) /, "", line)
        sub(/[^A-Za-z0-9_].*/, "", line)
        name = ""
        for (i = 1; i <= depth; i++) { name = name space[i] "::" }
        name = name line
        if (name in place && place[name] != FILENAME) { print name ": " place[name] ", " FILENAME }
        place[name] = FILENAME
    }' | rule "A class has one definition, in one header:" || broken=1

exit $broken
