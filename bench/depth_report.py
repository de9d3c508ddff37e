"""What bench/depth.py measured, as tables and as a picture."""
import json

COLORS = ("#636363", "#2c7fb8")


def course(numbers, digits):
    return ", ".join(f"{number:.{digits}f}" for number in numbers)


def table_of(networks):
    """A line per network: losses, then for its layers the share of log S that is the mean H(h), and I(X;H) in nats."""
    lines = ["| KLD layers | parameters | loss of each epoch, nats | held-out loss | H(h) of log S, layer by layer: at step 0 | at the end | "
             "I(X;H), nats: at step 0 | at the end |", "|---|---|---|---|---|---|---|---|"]
    for depth, found in networks.items():
        cells = [depth, f"{found['parameters']:,}", course(found["loss"], 3), f"{found['held_out_loss'][-1]:.3f}"]
        for measure, digits in (("entropy", 2), ("information", 2)):
            cells += [course((layer[measure] for layer in found[time]), digits) for time in ("begin", "end")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def panel(title, found, left, top, width, height):
    parts = [f'<text x="{left}" y="{top - 8}" font-size="12">{title}</text>']
    for share in (0, 0.5, 1):
        y = top + height * (1 - share)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="#dddddd"/>'
                     f'<text x="{left - 4}" y="{y + 4:.1f}" text-anchor="end">{share:g}</text>')
    steps = max(len(found["begin"]) - 1, 1)
    for time, color in zip(("begin", "end"), COLORS):
        places = [(left + width * step / steps, top + height * (1 - layer["entropy"])) for step, layer in enumerate(found[time])]
        parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{color}"/>' for x, y in places]
    for step in range(steps + 1):
        parts.append(f'<text x="{left + width * step / steps:.1f}" y="{top + height + 14}" text-anchor="middle">{step + 1}</text>')
    return "".join(parts)


def svg(studies):
    width, height, columns = 190, 120, max(len(networks) for networks in studies.values())
    parts = []
    for row, (name, networks) in enumerate(studies.items()):
        for column, (depth, found) in enumerate(networks.items()):
            parts.append(panel(f"{name}, {depth} layers", found, 44 + column * (width + 44), 60 + row * (height + 56), width, height))
    right, bottom = 44 + columns * (width + 44), 60 + len(studies) * (height + 56)
    for x, color, text in ((44, COLORS[0], "at step 0"), (164, COLORS[1], "at the end")):
        parts.append(f'<rect x="{x}" y="{bottom - 10}" width="14" height="4" fill="{color}"/><text x="{x + 18}" y="{bottom - 4}">{text}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{right}" height="{bottom + 8}" font-family="sans-serif" font-size="10">'
            f'<rect width="100%" height="100%" fill="white"/>'
            f'<text x="10" y="22" font-size="14">Mean H(h) of each KLD layer, as a share of log S</text>{"".join(parts)}</svg>\n')


def page(name, studies, options):
    """What stands around the tables is the page's own: docs/depth.md keeps it between the marks."""
    return "\n\n".join(f"{title}: `{options[title]}`\n\n{table_of(networks)}" for title, networks in studies.items()) + \
        f"\n\n![Mean entropy of each layer at the beginning and at the end]({name}.svg)"


BEGIN, END = "<!-- bench/depth.py writes what follows -->", "<!-- until here -->"


def write_report(path, studies, options):
    path.with_suffix(".json").write_text(json.dumps({"options": options, "studies": studies}, indent=1) + "\n")
    path.with_suffix(".svg").write_text(svg(studies))
    text = path.with_suffix(".md")
    around = text.read_text() if text.exists() else f"# Depth\n\n{BEGIN}\n{END}\n"
    before, _, rest = around.partition(BEGIN)
    text.write_text(f"{before}{BEGIN}\n\n{page(path.name, studies, options)}\n\n{END}{rest.partition(END)[2]}")
