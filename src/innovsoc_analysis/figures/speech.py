"""A conversation from its start to its end: who speaks when, and where each thing is said."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.rows import lay_out, write_headings
from innovsoc_analysis.figures.sizes import current_size
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    GRID,
    MUTED,
    house_style,
    look_of,
    new_axes,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

SPEAKERS = "qui parle"
_WIDTH, _ROW, _MARGIN = 8.4, 0.25, 1.5
_BEFORE, _KEY = 0.03, 0.014  # parts of the width: before the first turn, where the key stands
_LABEL_CHARACTERS, _NARROW_LABEL_CHARACTERS = 54, 44


def speech_plot(
    turns: pd.DataFrame,
    marks: pd.DataFrame,
    *,
    title: str,
    caption: str,
    xlabel: str,
    sections: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the turns of each speaker, and below them a mark for each thing that is said.

    Parameters
    ----------
    turns : DataFrame
        Columns ``speaker, start, end``; speakers are listed as they first speak.
    marks : DataFrame
        Columns ``label`` (the row), ``speaker``, ``place``; rows are listed as they first come.
    title, caption, xlabel : str
        Above, at the foot, and under the axis; in French.
    sections : mapping, optional
        Row label → section; marks are taken to be sorted by section.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        Speakers differ by colour and by mark; the mark of each stands beside its turns.

    Examples
    --------
    >>> import pandas as pd
    >>> turns = pd.DataFrame({"speaker": ["Ana", "Luc"], "start": [0, 2], "end": [2, 5]})
    >>> marks = pd.DataFrame({"label": ["Besoin"], "speaker": ["Luc"], "place": [3.0]})
    >>> axes = speech_plot(turns, marks, title="Codes", caption="n = 1", xlabel="minutes")
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['Ana', 'Luc', 'Besoin']
    """
    speakers = [str(name) for name in dict.fromkeys(turns["speaker"])]
    labels = [str(name) for name in dict.fromkeys(marks["label"])]
    keys = [f"speaker:{name}" for name in speakers] + labels
    under = {f"speaker:{name}": SPEAKERS for name in speakers} | {
        label: (sections or {}).get(label, "codes") for label in labels
    }
    heights, headings = lay_out(keys, under)
    n_rows = len(heights) + len(headings)
    first, last = float(turns["start"].min()), float(turns["end"].max())
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + _ROW * n_rows, ax=ax)
        axes.set_xlim(first - _BEFORE * (last - first), last)
        axes.hlines(list(heights.values()), first, last, color=GRID, linewidth=0.5, zorder=0)
        for number, speaker in enumerate(speakers):
            own, said = turns[turns["speaker"] == speaker], marks[marks["speaker"] == speaker]
            _draw_speaker(axes, own, said, heights=heights, number=number)
        _write_rows(axes, heights)
        write_headings(axes, headings)
        axes.set_ylim(0.4 - max(n_rows, 1), 0.6)
        axes.grid(axis="x")
        axes.set_xlabel(xlabel, color=MUTED)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(f"{xlabel}\n{caption}", color=MUTED, fontsize=CAPTION_SIZE, wrap=True)
    return axes


def _draw_speaker(
    axes: Axes, turns: pd.DataFrame, marks: pd.DataFrame, *, heights: Mapping[str, int], number: int
) -> None:
    """Draw the turns of one speaker, and the marks of what that person says."""
    first, last = axes.get_xlim()
    colour, marker = look_of(number)
    height = heights[f"speaker:{turns['speaker'].iloc[0]}"]
    axes.hlines([height] * len(turns), turns["start"], turns["end"], color=colour, linewidth=5, zorder=2)
    # the mark left of the turns is the key to those below
    axes.plot(
        [first + (last - first) * _KEY, *marks["place"]],
        [height, *(heights[str(label)] for label in marks["label"])],
        linestyle="none",
        marker=marker,
        color=colour,
        markersize=6,
        markeredgecolor="white",
        markeredgewidth=0.5,
        clip_on=False,
        zorder=3,
    )


def _write_rows(axes: Axes, heights: Mapping[str, int]) -> None:
    fits = _LABEL_CHARACTERS if current_size() is None else _NARROW_LABEL_CHARACTERS
    names: Sequence[str] = [textwrap.shorten(key.removeprefix("speaker:"), fits, placeholder="…") for key in heights]
    axes.set_yticks(list(heights.values()), names, fontsize=None if current_size() is None else CAPTION_SIZE)
