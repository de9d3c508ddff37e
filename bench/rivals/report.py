"""The table and the picture of what was measured."""
import collections

from load import is_quiet


def label(row):
    batch = f", batch {row['batch']}" if row["batch"] else ""
    return f"{row['case']}{batch}"


def microseconds(seconds):
    value = 1e6 * seconds
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def cells(row):
    head = [label(row), row["precision"], str(row["threads"]), f"{row['rival']} {row['version']}"]
    if "mismatch" in row:
        return [*head, "", "", "", "**wrong result**", f"{row['mismatch']:.2g} ({row['tolerance']:.2g} allowed)"]
    low, high = row["interval"]
    return [*head, microseconds(row["ours_seconds"]), share(row), microseconds(row["rival_seconds"]),
            f"**{row['ratio']:.2f}** ({low:.2f} to {high:.2f})", f"{row['difference']:.1e}"]


def not_measured(rows):
    """Who is missing, once per reason."""
    cases = collections.Counter((row["rival"], row["precision"], row["missing"]) for row in rows if "missing" in row)
    return [f"- {rival}, {precision} ({count} cases): {reason}" for (rival, precision, reason), count in cases.items()]


def quiet_or_busy(document):
    """Wall-clock times of threads that wait for each other say little where others have the CPUs."""
    taken = f"load average {document['load']:.1f} before the run, {100 * document['others']:.0f} % of the CPUs' time taken by others"
    if is_quiet(document["load"], document["others"]):
        return [f"This machine was quiet ({taken}).", ""]
    return [f"**This machine was busy ({taken}): rows with more than one thread are not to be trusted.**", ""]


def facts(document):
    """What each contender says that it runs, and what the machine can do, once per number of threads."""
    lines = []
    for row in document["facts"]:
        kernels = "; ".join(f"{name}: {kernel}" for name, kernel in row["kernels"].items())
        lines.append(f"- {row['threads']} thread{'s' if row['threads'] > 1 else ''}: {1e-9 * row['peak']:.0f} GFLOP/s of multiply-adds "
                     f"in registers, {1e-9 * row['copy']:.1f} GB/s of copying 128 MiB. Instruction sets: {kernels}.")
    return [*lines, ""] if lines else []


def share(row):
    """Of the machine's peak in multiply-adds, or in copying, measured in the same process."""
    if "of_peak" in row:
        return f"{100 * row['of_peak']:.0f} %"
    return f"{100 * row['of_copy']:.0f} % of copy" if "of_copy" in row else ""


def markdown(document):
    lines = [f"# fsdnet and its rivals on {document['machine']}", "",
             f"{document['date']}, `{document['command']}`. Microseconds per call, medians; the ratio is rival / ours, "
             "above 1 we are faster, with the 95 % interval of its median over the rounds. One thread: CPU time of the "
             "process; more: wall clock. Difference: of the posterior (networks, f32), of the decisions (int8), relative "
             "to the largest result (operators). int8: 8-bit networks on both sides.", "",
             *quiet_or_busy(document), *facts(document),
             "| case | type | threads | rival | fsdnet | of peak | rival's | ratio | difference |",
             "|---|---|---|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(cells(row)) + " |" for row in document["rows"] if "missing" not in row]
    missing = not_measured(document["rows"])
    return "\n".join(lines + (["", "Not measured:", "", *missing] if missing else [])) + "\n"
