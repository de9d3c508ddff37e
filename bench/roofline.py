#!/usr/bin/env python3
"""roofline.py RESULT.json... [--out FILE.svg] [--only REGEX]: operations per second over operations per byte, under the roofs
that the benchmarks measured.

Reads what bench_kernels and bench_networks write with --benchmark_out=RESULT.json --benchmark_out_format=json. Of repeated
measurements the best one counts. Bytes are those that must move (arguments read once, results written once): a point
above a bandwidth's roof says that its data come from a nearer memory. The roofs are those of the first file; a point of
another file keeps its share of the peak measured in its own run.
"""
import argparse
import collections
import json
import math
import re
import sys

width, height = 1080, 680
left, right, top, bottom = 64, 20, 44, 52
font, character, line = 11, 5.9, 13  # pixels: size, mean width and height of a label
colors = {"kld_conv": "#2c7fb8", "kld_linear": "#31a354", "network": "#d95f0e", "": "#756bb1"}

Point = collections.namedtuple("Point", "name label intensity share")
Roofs = collections.namedtuple("Roofs", "peak near far")  # GFLOP/s, GB/s, GB/s
Box = collections.namedtuple("Box", "left top right bottom")


class Failure(Exception):
    """A sentence for the user."""


def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        return document["context"], document["benchmarks"]
    except (ValueError, KeyError, TypeError):
        raise Failure(f"'{path}' is not a result of Google Benchmark; write one with --benchmark_out={path} "
                      "--benchmark_out_format=json.") from None


def roofs(path, context):
    values = []
    for key in ("fma_peak", "copy_in_L2", "copy_out_of_cache"):
        found = re.match(r"([0-9.]+) G", str(context.get(key, "")))
        if not found or float(found.group(1)) <= 0:
            raise Failure(f"'{path}' has no '{key}' in its context; it must come from bench_kernels or bench_networks.")
        values.append(float(found.group(1)))
    return Roofs(*values)


def place_of(row, caches):
    """Where rows of data live while they are measured again and again, judged by their size."""
    size = row["GB/s"] * row["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[row["time_unit"]]
    if 0 < size <= caches.get(2, 0):
        return ", in L2"
    return ", out of cache" if size > caches.get(3, math.inf) else ""


def label_of(row, caches):
    """<op>/<schedule>/<axis>=<extent>,... in few words; other names as they are."""
    parts = row["run_name"].split("/")
    extents = dict(re.findall(r"(\w+)=(\d+)", parts[-1]))
    states = extents.get("output") or extents.get("state")
    if parts[0] == "network":
        return " ".join(parts).replace("batch:", "batch ")
    if not extents:
        return row["run_name"]
    if "window_y" in extents:
        return f"{parts[0]} {extents['window_y']}x{extents['window_x']}, {extents['input']} to {states}"
    if "input" in extents:
        return f"{parts[0]} {extents['sample']} x {extents['input']} x {states}"
    if "site" in extents and states:
        return f"{parts[0]} S={states}{place_of(row, caches)}"
    return f"{parts[0]} {parts[-1]}"


def points(path, context, rows, only):
    """The best repetition of each benchmark that counts operations and bytes."""
    caches = {cache["level"]: cache["size"] for cache in context.get("caches", []) if cache["type"] != "Instruction"}
    best = {}
    for row in rows:
        if row.get("error_occurred"):
            raise Failure(f"'{path}': {row['name']} failed: {row.get('error_message', 'no reason given')}")
        counted = row.get("run_type") == "iteration" and all(row.get(key, 0) > 0 for key in ("GFLOP/s", "GB/s", "of_fma_peak"))
        if counted and re.search(only, row["run_name"]):
            name = row["run_name"]
            if name not in best or best[name]["of_fma_peak"] < row["of_fma_peak"]:
                best[name] = row
    labels = {name: label_of(row, caches) for name, row in best.items()}
    repeated = collections.Counter(labels.values())
    return [Point(name, labels[name] if repeated[labels[name]] == 1 else name, row["GFLOP/s"] / row["GB/s"],
                  row["of_fma_peak"]) for name, row in best.items()]


class Axes:
    """Logarithmic axes that hold the roofs' corners and all points."""

    def __init__(self, roof, measured):
        self.low = (min([0.25, *(p.intensity / 2 for p in measured)]), min([4.0, *(p.share * roof.peak / 2 for p in measured)]))
        self.high = (max([2000.0, *(2 * p.intensity for p in measured)]), 1.6 * roof.peak)

    def x(self, intensity):
        return left + (width - left - right) * math.log(intensity / self.low[0]) / math.log(self.high[0] / self.low[0])

    def y(self, rate):
        share = math.log(rate / self.low[1]) / math.log(self.high[1] / self.low[1])
        return height - bottom - (height - top - bottom) * share


def overlap(a, b):
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def crosses(begin, end, box):
    """Whether the line from begin to end touches the box, to a pixel."""
    steps = max(1, int(math.dist(begin, end)))
    at = ([b + (e - b) * i / steps for b, e in zip(begin, end)] for i in range(steps + 1))
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in at)


def offsets():
    """Where a label may begin (to the right) or end (to the left) as seen from its point, the nearest first."""
    all_of_them = [(side * dx, dy) for side in (1, -1) for dx in (9, 24, 50, 90, 140, 200, 270) for dy in range(-420, 421, 6)]
    return sorted(all_of_them, key=lambda offset: math.hypot(*offset))


def place_labels(axes, roof, measured):
    """[(point, x, y, box of its label, end of its leader)]: no label overlaps a label, a point, a roof or a leader."""
    spots = [(axes.x(p.intensity), axes.y(p.share * roof.peak)) for p in measured]
    frame = Box(left + 4, top + 4, width - right - 4, height - bottom - 4)
    roof_lines = [((axes.x(a), axes.y(b) - up), (axes.x(c), axes.y(d) - up)) for a, b, c, d in roof_segments(axes, roof)
                  for up in (0, 10)]  # with the roof's name above it
    taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    leaders, placed = [], []
    for point, (x, y) in sorted(zip(measured, spots), key=lambda item: (item[1][1], item[1][0])):
        own = Box(x - 6, y - 6, x + 6, y + 6)
        long = character * len(point.label)
        for dx, dy in offsets():
            begin = x + dx if dx > 0 else x + dx - long
            box = Box(begin - 2, y + dy - line / 2, begin + long + 2, y + dy + line / 2)
            end = (x + dx - math.copysign(3, dx), y + dy)
            inside = frame.left <= box.left and box.right <= frame.right and frame.top <= box.top and box.bottom <= frame.bottom
            if (inside and not any(overlap(box, other) for other in taken)
                    and not any(crosses(*roof_line, box) for roof_line in roof_lines)
                    and not any(crosses(*leader, box) for leader in leaders)
                    and not any(crosses((x, y), end, other) for other in taken if not overlap(own, other))):
                taken.append(box)
                leaders.append(((x, y), end))
                placed.append((point, x, y, box, end))
                break
        else:
            raise Failure(f"There is no room for the label '{point.label}' among {len(measured)} points; "
                          "choose fewer with --only.")
    return placed


def roof_segments(axes, roof):
    """(x, y, x, y) in operations per byte and GFLOP/s: both bandwidths up to the peak, then the peak."""
    slopes = [(max(axes.low[0], axes.low[1] / speed), speed) for speed in (roof.near, roof.far)]
    return [*((begin, begin * speed, roof.peak / speed, roof.peak) for begin, speed in slopes),
            (roof.peak / roof.near, roof.peak, axes.high[0], roof.peak)]


def text(x, y, words, more=""):
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{words}</text>'


def stroke(begin, end, more):
    return f'<line x1="{begin[0]:.1f}" y1="{begin[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" {more}/>'


def grid(axes):
    parts = []
    for value in (m * 10.0**e for e in range(-2, 7) for m in (1, 2, 5)):
        if axes.low[0] <= value <= axes.high[0]:
            x = axes.x(value)
            parts += [stroke((x, top), (x, height - bottom), 'stroke="#e8e8e8"'),
                      text(x, height - bottom + 16, f"{value:g}", 'text-anchor="middle"')]
        if axes.low[1] <= value <= axes.high[1]:
            y = axes.y(value)
            parts += [stroke((left, y), (width - right, y), 'stroke="#e8e8e8"'),
                      text(left - 6, y + 4, f"{value:g}", 'text-anchor="end"')]
    parts += [text((left + width) / 2, height - 12, "operations per byte that must move", 'text-anchor="middle"'),
              text(0, 0, "GFLOP/s, one multiply-add counts two",
                   f'text-anchor="middle" transform="translate(16 {height / 2}) rotate(-90)"')]
    return parts


def roof_drawing(axes, roof):
    names = (f"copy in L2: {roof.near:.0f} GB/s", f"copy out of cache: {roof.far:.0f} GB/s",
             f"multiply-adds in registers: {roof.peak:.0f} GFLOP/s")
    parts = []
    for name, (a, b, c, d) in zip(names, roof_segments(axes, roof)):
        begin, end = (axes.x(a), axes.y(b)), (axes.x(c), axes.y(d))
        parts.append(stroke(begin, end, 'stroke="#404040" stroke-width="1.6"'))
        slope = math.degrees(math.atan2(end[1] - begin[1], end[0] - begin[0]))
        at = [b + (e - b) * (0.72 if slope else 0.5) for b, e in zip(begin, end)]
        parts.append(text(0, -5, name, f'text-anchor="middle" fill="#404040" '
                                       f'transform="translate({at[0]:.1f} {at[1]:.1f}) rotate({slope:.1f})"'))
    return parts


def color_of(name):
    return next(color for prefix, color in colors.items() if name.startswith(prefix))


def svg(roof, measured, title):
    axes = Axes(roof, measured)
    parts = grid(axes) + roof_drawing(axes, roof)
    for point, x, y, box, end in place_labels(axes, roof, measured):
        color = color_of(point.name)
        parts += [stroke((x, y), end, f'stroke="{color}" stroke-width="0.6"'),
                  f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{color}"/>',
                  text(box.left + 2, box.bottom - 3, point.label,
                       f'textLength="{box.right - box.left - 4:.1f}" lengthAdjust="spacingAndGlyphs" fill="{color}"')]
    parts.append(text(left, 24, title, 'font-size="14"'))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'font-family="sans-serif" font-size="{font}"><rect width="100%" height="100%" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


def picture(paths, only):
    files = [(path, *load(path)) for path in paths]
    own = [roofs(path, context) for path, context, _ in files]
    best = {}
    for path, context, rows in files:
        for point in points(path, context, rows, only):
            if point.name not in best or best[point.name].share < point.share:
                best[point.name] = point
    measured = list(best.values())
    if not measured:
        raise Failure(f"No benchmark of {', '.join(paths)} with operations and bytes has a name like '{only}'.")
    context = files[0][1]
    threads = context.get("kernel_threads", "?")
    return svg(own[0], measured, f"Roofline of {context.get('processor', 'this machine')}, {context.get('instruction_set', '')}, "
                                 f"{threads} thread{'' if threads == '1' else 's'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="+", metavar="RESULT.json")
    parser.add_argument("--out", default="roofline.svg", help="the picture (roofline.svg)")
    parser.add_argument("--only", default="", help="benchmarks whose name has this regular expression")
    options = parser.parse_args()
    drawing = picture(options.results, options.only)
    with open(options.out, "w", encoding="utf-8") as file:
        file.write(drawing)
    print(f"wrote {options.out}")


if __name__ == "__main__":
    try:
        main()
    except (Failure, OSError, re.error) as failure:
        sys.exit(f"roofline.py: {failure}")
