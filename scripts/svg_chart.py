"""Draws bar and line charts as SVG, with nothing but the standard library."""

import html
import math

COLOURS = ("#1b6ca8", "#c8553d", "#588157", "#8e6c8a", "#b08900", "#5c6672")
FONT = 'font-family="sans-serif" font-size="12" fill="#222"'


def number(value):
    """A number for people, in at most three digits and a unit: 12.3k."""
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.3g}{unit}"
    return f"{value:.3g}"


class Drawing:
    """An SVG picture that grows downwards."""

    def __init__(self, width, height):
        self.width, self.height, self.parts = width, height, []

    def text(self, x, y, text, anchor="start", more=""):
        """Text whose baseline is at y."""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {FONT} {more}>{html.escape(text)}</text>')

    def box(self, x, y, width, height, colour, title=""):
        """A filled rectangle that says `title` when it is pointed at."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0.5, width):.1f}" height="{height:.1f}" fill="{colour}">'
            f"<title>{html.escape(title)}</title></rect>")

    def line(self, points, colour="#ccc", width=1.0, dash=""):
        """A line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>')

    def legend(self, x, y, names):
        """Names with their colours, side by side."""
        for index, name in enumerate(names):
            self.box(x, y - 9, 10, 10, COLOURS[index % len(COLOURS)])
            self.text(x + 14, y, name)
            x += 30 + 7 * len(name)

    def write(self, path):
        """Writes the file."""
        body = "\n".join(self.parts)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
                f'width="{self.width}" height="{self.height}">\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n')


class LogScale:
    """Positions of values on a logarithmic axis from `start` to `end`, whole powers of ten at both."""

    def __init__(self, values, start, end):
        values = [value for value in values if value > 0] or [1]
        self.low, self.high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        self.high += self.low == self.high
        self.start, self.end = start, end

    def __call__(self, value):
        share = (math.log10(max(value, 10.0 ** self.low)) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        """The powers of ten."""
        return [10.0 ** power for power in range(self.low, self.high + 1)]


def bars(path, title, note, series, rows):
    """Groups of horizontal bars on a logarithmic axis.

    - `series`: names of the bars of a group.
    - `rows`: (name of the group, a value or None for each of the series, text beside the group)."""
    left, right, bar = 210, 130, 11
    group = bar * len(series) + 9
    drawing = Drawing(860, 84 + group * len(rows) + 24)
    scale = LogScale([value for _, values, _ in rows for value in values if value], left, drawing.width - right)
    bottom = 72 + group * len(rows)
    drawing.text(16, 24, title, more='font-weight="bold"')
    drawing.text(16, 42, note)
    drawing.legend(left, 62, series)
    for tick in scale.ticks():
        drawing.line([(scale(tick), 70), (scale(tick), bottom)])
        drawing.text(scale(tick), bottom + 16, number(tick), "middle")
    for index, (name, values, beside) in enumerate(rows):
        top = 74 + group * index
        drawing.text(left - 8, top + group / 2, name, "end")
        for place, value in enumerate(values):
            if value:
                drawing.box(
                    left, top + bar * place, scale(value) - left, bar - 1, COLOURS[place % len(COLOURS)],
                    f"{series[place]}: {value:,.1f}")
        drawing.text(drawing.width - right + 8, top + group / 2, beside)
    drawing.write(path)


def lines(path, title, note, axes, series):
    """Lines on logarithmic axes, in one or more plots below one another.

    - `axes`: names of the x axis and, for each plot, of its y axis.
    - `series`: for each plot, (name, points) of its lines."""
    x_name, y_names = axes
    left, width, height = 70, 720, 240
    drawing = Drawing(860, 60 + (height + 80) * len(y_names))
    drawing.text(16, 24, title, more='font-weight="bold"')
    drawing.text(16, 42, note)
    for plot, (y_name, lines_of_plot) in enumerate(zip(y_names, series)):
        top = 84 + (height + 80) * plot
        points = [point for _, points in lines_of_plot for point in points]
        across = LogScale([x for x, _ in points], left, left + width)
        up = LogScale([y for _, y in points], top + height, top)
        drawing.text(left - 54, top - 22, y_name)
        drawing.legend(left + 150, top - 6, [name for name, _ in lines_of_plot])
        for tick in across.ticks():
            drawing.line([(across(tick), top), (across(tick), top + height)])
            drawing.text(across(tick), top + height + 16, number(tick), "middle")
        for tick in up.ticks():
            drawing.line([(left, up(tick)), (left + width, up(tick))])
            drawing.text(left - 6, up(tick) + 4, number(tick), "end")
        drawing.text(left + width, top + height + 32, x_name, "end")
        for index, (name, points) in enumerate(lines_of_plot):
            colour = COLOURS[index % len(COLOURS)]
            placed = [(across(x), up(y)) for x, y in points]
            drawing.line(placed, colour, 2)
            for (x, y), (value_x, value_y) in zip(placed, points):
                drawing.box(x - 3, y - 3, 6, 6, colour, f"{name}: {value_y:,.4g} at {value_x:,}")
    drawing.write(path)
