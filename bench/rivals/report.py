"""The table and the picture of what was measured."""
import collections
import math


def label(row):
    batch = f", batch {row['batch']}" if row["batch"] else ""
    return f"{row['case']}{batch}"


def microseconds(seconds):
    value = 1e6 * seconds
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def cells(row):
    head = [label(row), row["precision"], str(row["threads"]), f"{row['rival']} {row['version']}"]
    if "mismatch" in row:
        return [*head, "", "", "**wrong result**", f"{row['mismatch']:.2g} ({row['tolerance']:.2g} allowed)"]
    low, high = row["interval"]
    return [*head, microseconds(row["ours_seconds"]), microseconds(row["rival_seconds"]),
            f"**{row['ratio']:.2f}** ({low:.2f} to {high:.2f})", f"{row['difference']:.1e}"]


def not_measured(rows):
    """Who is missing, once per reason."""
    cases = collections.Counter((row["rival"], row["precision"], row["missing"]) for row in rows if "missing" in row)
    return [f"- {rival}, {precision} ({count} cases): {reason}" for (rival, precision, reason), count in cases.items()]


def busy(document):
    """Wall-clock times of threads that wait for each other say little where others have the CPUs."""
    if document["load"] < 1:
        return []
    return [f"**This machine was busy (load average {document['load']:.1f} before the run): rows with more than one "
            "thread are not to be trusted.**", ""]


def markdown(document):
    lines = [f"# fsdnet and its rivals on {document['machine']}", "",
             f"{document['date']}, `{document['command']}`. Microseconds per call, medians; the ratio is rival / ours, "
             "above 1 we are faster, with the 95 % interval of its median over the rounds. One thread: CPU time of the "
             "process; more: wall clock. Difference: of the posterior (networks, f32), of the decisions (int8), relative "
             "to the largest result (operators). int8: 8-bit networks on both sides.", "",
             *busy(document),
             "| case | type | threads | rival | fsdnet | rival's | ratio | difference |", "|---|---|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(cells(row)) + " |" for row in document["rows"] if "missing" not in row]
    missing = not_measured(document["rows"])
    return "\n".join(lines + (["", "Not measured:", "", *missing] if missing else [])) + "\n"


def svg(document):
    """A bar per comparison from 1 (as fast as the rival), logarithmic, with the interval as a line."""
    rows = [row for row in document["rows"] if "ratio" in row]
    left, width, height = 560, 420, 18
    most = max([2.0, *(row["interval"][1] for row in rows)])
    least = min([0.5, *(row["interval"][0] for row in rows)])

    def x(ratio):
        return left + width * (math.log(ratio) - math.log(least)) / (math.log(most) - math.log(least))

    parts = []
    for index, row in enumerate(rows):
        y = 40 + index * height
        color = "#2c7fb8" if row["ratio"] >= 1 else "#d95f0e"
        begin, end = sorted((x(1), x(row["ratio"])))
        text = f"{label(row)}, {row['precision']}, {row['threads']} thr., {row['rival']}"
        parts.append(f'<text x="{left - 8}" y="{y + 10}" text-anchor="end">{text.replace(">", "&gt;")}</text>'
                     f'<rect x="{begin:.1f}" y="{y}" width="{end - begin:.1f}" height="12" fill="{color}"/>'
                     f'<line x1="{x(row["interval"][0]):.1f}" y1="{y + 6}" x2="{x(row["interval"][1]):.1f}" '
                     f'y2="{y + 6}" stroke="black"/>'
                     f'<text x="{left + width + 8}" y="{y + 10}">{row["ratio"]:.2f}</text>')
    total = 40 + len(rows) * height
    parts.append(f'<line x1="{x(1):.1f}" y1="34" x2="{x(1):.1f}" y2="{total}" stroke="gray"/>')
    title = f"Time of the rival / time of fsdnet ({document['machine']})"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 60}" height="{total + 10}" '
            f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>'
            f'<text x="10" y="20" font-size="14">{title}</text>{"".join(parts)}</svg>\n')
