"""What bench/sturdy.py measured, as tables and as a picture."""
import json

from corruptions import KINDS

MEASURES = {
    "accuracy": ("Accuracy, %", lambda value: f"{100 * value:.2f}"),
    "nll": ("NLL, nats", lambda value: f"{value:.3f}"),
    "ece": ("ECE", lambda value: f"{value:.4f}"),
}
COLORS = ("#2c7fb8", "#31a354", "#d95f0e", "#756bb1", "#636363", "#c51b8a")


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def lines_of(rows, measure):
    """(name, {network: value}): clean, the two that are promised, the mean of each kind and of all."""
    networks = rows[0]["networks"]

    def means(some):
        return {name: mean(row["networks"][name][measure] for row in some) for name in networks}

    lines = [("clean", means(rows[:1]))]
    for kind, strength in (("noise", 40), ("blur", 1)):
        lines.append((f"{kind} {strength}", means([row for row in rows if (row["kind"], row["strength"]) == (kind, strength)])))
    for kind in KINDS:
        lines.append((f"{kind.name}, mean of five", means([row for row in rows if row["kind"] == kind.name])))
    lines.append(("**mean of all corruptions**", means(rows[1:])))
    return lines


def table_of(rows, measure):
    heading, shown = MEASURES[measure]
    networks = list(rows[0]["networks"])
    text = [f"| {heading} | " + " | ".join(networks) + " |", "|---|" + "---|" * len(networks)]
    text += [f"| {name} | " + " | ".join(shown(values[network]) for network in networks) + " |"
             for name, values in lines_of(rows, measure)]
    return "\n".join(text)


def panel(kind, rows, left, top, width, height):
    """Accuracy over strength, a line for each network."""
    points = [rows[0], *(row for row in rows if row["kind"] == kind.name)]
    parts = [f'<text x="{left}" y="{top - 8}" font-size="12">{kind.name}</text>']
    for percent in (0, 50, 100):
        y = top + height * (1 - percent / 100)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="#dddddd"/>'
                     f'<text x="{left - 4}" y="{y + 4:.1f}" text-anchor="end">{percent}</text>')
    for step, strength in enumerate(("clean", *(f"{number:g}" for number in kind.strengths))):
        parts.append(f'<text x="{left + width * step / 5:.1f}" y="{top + height + 14}" text-anchor="middle">{strength}</text>')
    for name, color in zip(rows[0]["networks"], COLORS):
        places = " ".join(f"{left + width * step / 5:.1f},{top + height * (1 - row['networks'][name]['accuracy']):.1f}"
                          for step, row in enumerate(points))
        parts.append(f'<polyline points="{places}" fill="none" stroke="{color}" stroke-width="2"/>')
    parts.append(f'<text x="{left + width / 2}" y="{top + height + 28}" text-anchor="middle">{kind.unit}</text>')
    return "".join(parts)


def svg(rows):
    width, height, columns = 190, 120, 4
    parts = []
    for place, kind in enumerate(KINDS):
        parts.append(panel(kind, rows, 44 + place % columns * (width + 44), 60 + place // columns * (height + 66), width, height))
    right = 44 + columns * (width + 44)
    bottom = 60 + (len(KINDS) + columns - 1) // columns * (height + 66)
    for place, (name, color) in enumerate(zip(rows[0]["networks"], COLORS)):
        x = 44 + place * (right - 44) / len(rows[0]["networks"])
        parts.append(f'<rect x="{x:.0f}" y="{bottom}" width="14" height="4" fill="{color}"/>'
                     f'<text x="{x + 18:.0f}" y="{bottom + 6}">{name}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{right}" height="{bottom + 20}" font-family="sans-serif" '
            f'font-size="10"><rect width="100%" height="100%" fill="white"/>'
            f'<text x="10" y="22" font-size="14">Accuracy, %, over the strength of what spoils the image</text>'
            f'{"".join(parts)}</svg>\n')


def page(name, rows, images, seed):
    kinds = "\n".join(f"| {kind.name} | {', '.join(f'{number:g}' for number in kind.strengths)} | {kind.unit} |"
                      for kind in KINDS)
    tables = "\n\n".join(table_of(rows, measure) for measure in MEASURES)
    return f"""# Sturdiness

What is left of a network's accuracy and of its honesty when {images:,} test images of MNIST, evenly spaced, are spoiled. `bench/sturdy.py` wrote this
page (corruptions drawn with seed {seed}; [the figures of each strength]({name}.json)):

```
.venv/bin/python bench/sturdy.py build/release/bin/fsdnet --images {images} --report docs/{name}
```

![Accuracy over the strength of each corruption]({name}.svg)

{tables}

| corruption | strengths | |
|---|---|---|
{kinds}

"Noise" cuts at black and white; "blur" has zeros outside; "occlusion" is a black square at a random place; "rotation" turns every
second image to the other side; "contrast" keeps each image's mean. The test images chose nothing. What makes a network sturdier,
and why noise makes one sure of wrong answers: [training.md](training.md#sturdy-networks). What noise and blur do to CIFAR-10's networks their cards
say (`fsdnet models cifar-32-32-64`).
"""


def write_report(path, rows, images, seed):
    path.with_suffix(".json").write_text(json.dumps({"images": images, "seed": seed, "rows": rows}, indent=1) + "\n")
    path.with_suffix(".svg").write_text(svg(rows))
    path.with_suffix(".md").write_text(page(path.name, rows, images, seed))
