"""Labels of a map: written where they cover nothing, and those that must be, where they cover least."""

from __future__ import annotations

import math
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    _Box = tuple[float, float, float, float]

_LABEL_CHARACTERS = 30
_RINGS = (3.0, 11.0, 20.0, 32.0)  # points between a mark and its label; beyond the first, a line joins them
_FAR_RINGS = (48.0, 66.0, 88.0, 114.0, 144.0, 178.0, 216.0, 260.0)  # for what must be labelled
_LED_RINGS = (*_RINGS[1:], 25.0, 40.0, 56.0, *_FAR_RINGS[:6])  # for what stands farther off if that is free
_PLACES = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (0.75, 0.75, "left", "bottom"),
    (0.75, -0.75, "left", "top"),
    (-0.75, 0.75, "right", "bottom"),
    (-0.75, -0.75, "right", "top"),
)
_FAR_PLACES = (
    *_PLACES,
    *((x, y, "left" if x > 0 else "right", "center") for x in (0.92, -0.92) for y in (0.38, -0.38)),
    *((x, y, "center", "bottom" if y > 0 else "top") for x in (0.38, -0.38) for y in (0.92, -0.92)),
)
_LED_ANGLES, _UPRIGHT = 72, 0.3
_LED_PLACES = tuple(
    (
        math.cos(turn),
        math.sin(turn),
        "center" if abs(math.cos(turn)) < _UPRIGHT else "left" if math.cos(turn) > 0 else "right",
        "center" if abs(math.cos(turn)) >= _UPRIGHT else "bottom" if math.sin(turn) > 0 else "top",
    )
    for turn in (2 * math.pi * number / _LED_ANGLES for number in range(_LED_ANGLES))
)
# how much of a label lies before the point it hangs on
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "top": 1.0}
_STEP = 6.0  # pixels along a line
_MOST_LABELS, _MOST_SURE = 500, 100
_SLACK = 0.22  # of the height of a label, above and below its letters
_AROUND = 3.0  # pixels between labels side by side


@contextmanager
def unwarned() -> Iterator[None]:
    """Measure labels without a warning for what the font lacks, such as an emoji: a box stands for it.

    Nor for what has no room: texts then cover one another, which is looked for.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="constrained_layout not applied")
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def write_labels(
    axes: Axes,
    points: pd.DataFrame,
    *,
    letters: Mapping[str, dict[str, Any]],
    most: int = _MOST_LABELS,
    far: int = 0,
) -> list[str]:
    """Write each label where it covers neither a mark nor another label; return those that found no place.

    The hundred heaviest points of kind ``main`` have a label whatever the crowd, at the end of a line if need be.

    Parameters
    ----------
    axes : Axes
        On which the marks are drawn already.
    points : DataFrame
        Columns ``x, y, look`` (the kind), ``size`` (width of the mark in points), ``label`` (none if
        empty) and ``weight``.
    letters : mapping of str to dict
        Kind → properties of its text, in the order in which labels take their place.
    most : int
        How many labels are tried.
    far : int
        How many of those without a place beside their mark are tried farther off, at the end of a line.
    """
    figure = axes.figure.figure
    figure.draw_without_rendering()  # the layout is known only once it is drawn
    ranks = {name: rank for rank, name in enumerate(letters)}
    ranked = (
        points.assign(rank=points["look"].map(ranks))
        .sort_values(["rank", "weight", "label"], ascending=[True, False, True], kind="stable")
        .reset_index(drop=True)
    )
    centres = axes.transData.transform(ranked[["x", "y"]].to_numpy(dtype=float).reshape(-1, 2))
    radii = (ranked["size"].astype(float) / 2 * figure.dpi / 72).tolist()
    taken = _Taken([(x - r, y - r, x + r, y + r) for (x, y), r in zip(centres.tolist(), radii, strict=True)])
    rows = list(ranked[ranked["label"] != ""].head(most).itertuples())
    sure = [row for row in rows[:_MOST_SURE] if row.look == "main"]
    crowded = [row for row in sure if not _place(axes, row, letters[row.look], taken)]
    # those that have a place beside their mark have taken it: the others go where the map is empty
    for row in crowded:
        _place(axes, row, letters[row.look], taken, how="surely")
    # near places first, for all: a label far off would take them
    lost = [row for row in rows[len(sure) :] if not _place(axes, row, letters[row.look], taken)]
    lost = [row for row in lost[:far] if not _place(axes, row, letters[row.look], taken, how="far")] + lost[far:]
    beyond = ranked.loc[ranked["label"] != "", "label"].iloc[most:]
    return [*(str(row.label) for row in lost), *beyond]


class _Taken:
    """Boxes (left, bottom, right, top, in pixels) that are taken: marks, then labels and lines."""

    def __init__(self, marks: list[_Box]) -> None:
        import numpy as np

        self._boxes = np.array(marks, dtype=float).reshape(-1, 4)
        self._n_marks = len(marks)
        self._words: list[_Box] = []

    def add(self, word: _Box, line: list[_Box]) -> None:
        import numpy as np

        self._boxes = np.vstack([self._boxes, word, *line])
        self._words.append(word)

    def crosses_words(self, line: list[_Box]) -> bool:
        """Tell whether a line runs through the letters of a label."""
        return any(
            left + _AROUND < step[2]
            and step[0] < right - _AROUND
            and bottom + _SLACK * (top - bottom) < step[3]
            and step[1] < top - _SLACK * (top - bottom)
            for left, bottom, right, top in self._words
            for step in line
        )

    def holds(self, box: _Box, *, but_at: tuple[float, float] | None = None) -> bool:
        """Tell whether a box meets one of these, other than those over the place `but_at`."""
        left, bottom, right, top = self._boxes.T
        met = (left < box[2]) & (box[0] < right) & (bottom < box[3]) & (box[1] < top)
        if but_at is not None:
            x, y = but_at
            met &= ~((left <= x) & (x <= right) & (bottom <= y) & (y <= top))
        return bool(met.any())

    def words_under(self, boxes: list[_Box]) -> float:
        """Return how many square pixels of labels and lines some boxes cover."""
        import numpy as np

        if not boxes:
            return 0.0
        left, bottom, right, top = self._boxes[self._n_marks :].T
        low, high = np.array(boxes)[:, :2, np.newaxis], np.array(boxes)[:, 2:, np.newaxis]
        width = np.minimum(right, high[:, 0]) - np.maximum(left, low[:, 0])
        height = np.minimum(top, high[:, 1]) - np.maximum(bottom, low[:, 1])
        return float((np.maximum(width, 0) * np.maximum(height, 0)).sum())

    def marks_under(self, box: _Box) -> int:
        """Return how many marks a box meets."""
        left, bottom, right, top = self._boxes[: self._n_marks].T
        return int(((left < box[2]) & (box[0] < right) & (bottom < box[3]) & (box[1] < top)).sum())


class _Spot(NamedTuple):
    """A place for a label: offset in points, how it hangs there, its box and the line to it in pixels."""

    offset: tuple[float, float]
    joint: tuple[float, float] | None
    hanging: tuple[str, str]
    box: _Box
    line: list[_Box]


def _place(axes: Axes, row: Any, letters: dict[str, Any], taken: _Taken, *, how: str = "near") -> bool:
    """Write a label at the first place that is free, the nearest first; tell whether there is one.

    ``near`` or ``far`` from its mark; ``surely``, it is written where it covers least: labels before marks, near
    before far.
    """
    text = axes.annotate(
        short(row.label),
        (row.x, row.y),
        xytext=(0, 0),
        textcoords="offset points",
        zorder=4,
        **letters,
    )
    text.set_in_layout(False)  # what is written in the room there is must not change it
    size, room = text.get_window_extent(), axes.get_window_extent()
    mark = tuple(axes.transData.transform((row.x, row.y)).tolist())
    radius, scale = row.size / 2, axes.figure.figure.dpi / 72
    rings = {"near": _RINGS, "far": _LED_RINGS, "surely": _RINGS + _FAR_RINGS}[how]
    spots = _spots(mark, (size.width, size.height), radius=radius, rings=rings, scale=scale, led=how == "far")
    if how == "surely":
        found: _Spot | None = _least_covering(spots, room, taken)
    else:
        inside = [spot for spot in spots if not _outside(spot.box, room) and not taken.holds(spot.box)]
        found = next((spot for spot in inside if _is_led_freely(spot, taken, mark)), None)
        if found is None and how == "far":
            # a line may cross marks and lines, but no word
            found = next((spot for spot in inside if not taken.crosses_words(spot.line)), None)
    if found is None:
        text.remove()
        return False
    if found.joint:
        _join(axes, (row.x, row.y), found.joint)
    text.set(ha=found.hanging[0], va=found.hanging[1])
    text.xyann = found.offset
    taken.add(found.box, found.line)
    return True


def _spots(
    mark: tuple[float, float],
    size: tuple[float, float],
    *,
    radius: float,
    rings: Sequence[float],
    scale: float,
    led: bool,
) -> Iterator[_Spot]:
    for ring in rings:
        distance = radius + ring
        for x, y, horizontal, vertical in _LED_PLACES if led else _FAR_PLACES if ring > _RINGS[-1] else _PLACES:
            end = (mark[0] + x * distance * scale, mark[1] + y * distance * scale)
            left = end[0] - _BEFORE[horizontal] * size[0]
            below = end[1] - _BEFORE[vertical] * size[1]
            is_apart = ring > _RINGS[0]
            yield _Spot(
                (x * distance, y * distance),
                (x * (distance - 1), y * (distance - 1)) if is_apart else None,
                (horizontal, vertical),
                (left - _AROUND, below, left + size[0] + _AROUND, below + size[1]),
                _line(mark, end) if is_apart else [],
            )


def _is_led_freely(spot: _Spot, taken: _Taken, mark: tuple[float, float]) -> bool:
    return not any(taken.holds(step, but_at=mark) for step in spot.line)


def _outside(box: _Box, room: Any) -> float:
    """Return by how many pixels a box leaves the frame."""
    return max(room.x0 - box[0], 0) + max(box[2] - room.x1, 0) + max(room.y0 - box[1], 0) + max(box[3] - room.y1, 0)


def _least_covering(spots: Iterator[_Spot], room: Any, taken: _Taken) -> _Spot:
    """Return the first spot where nothing is hidden, or where least is: outside, words, marks, words under the line."""
    ranked: list[tuple[tuple[float, ...], _Spot]] = []
    for spot in spots:
        hidden = (
            _outside(spot.box, room),
            round(taken.words_under([spot.box])),
            taken.marks_under(spot.box),
            round(taken.words_under(spot.line)),
        )
        if not any(hidden):
            return spot
        ranked.append((hidden, spot))
    return min(ranked, key=lambda one: one[0])[1]


def _line(start: tuple[float, float], end: tuple[float, float]) -> list[_Box]:
    """Return small boxes along the line from a mark to its label."""
    n_steps = max(math.ceil(math.dist(start, end) / _STEP), 2)
    steps = [step / n_steps for step in range(1, n_steps)]
    places = [(start[0] + step * (end[0] - start[0]), start[1] + step * (end[1] - start[1])) for step in steps]
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in places]


def _join(axes: Axes, point: tuple[float, float], offset: tuple[float, float]) -> None:
    """Lead from a mark to a label that is not beside it."""
    axes.annotate(
        "",
        point,
        xytext=offset,
        textcoords="offset points",
        arrowprops={"arrowstyle": "-", "color": "#8d95a1", "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0},
        zorder=2,
    ).set_in_layout(False)


def short(label: str) -> str:
    r"""Return a label on one line, its end cut where it is long.

    Examples
    --------
    >>> short("un jardin\npartagé")
    'un jardin partagé'
    """
    label = " ".join(label.split())
    return label if len(label) <= _LABEL_CHARACTERS else label[: _LABEL_CHARACTERS - 1].rstrip(" ,;-") + "…"
