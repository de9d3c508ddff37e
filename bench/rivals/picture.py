"""The picture of what was measured: ratios as bars."""
import math

from report import label

CLOSE = 1.1  # of a ratio: who is not far ahead here may be behind elsewhere


def svg(document, below=math.inf):
    """A bar per comparison with a ratio under `below`, from 1 (as fast as the rival), logarithmic, with the interval as a line."""
    rows = [row for row in document["rows"] if row.get("ratio", math.inf) < below]
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
