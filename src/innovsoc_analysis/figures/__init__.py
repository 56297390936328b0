"""Figures in one house style; they draw tables and know nothing else.

Nothing here is heavy: matplotlib is loaded when something is drawn. Public functions are bound after their
modules, so that those that are called like their module (`style`, `curves`…) are what one gets.
"""

from innovsoc_analysis.figures.arcs import arc_plot as arc_plot
from innovsoc_analysis.figures.barcode import Barcode as Barcode
from innovsoc_analysis.figures.barcode import barcode_plot as barcode_plot
from innovsoc_analysis.figures.bars import bar_panels as bar_panels
from innovsoc_analysis.figures.checking import hidden_texts as hidden_texts
from innovsoc_analysis.figures.curves import Words as Words
from innovsoc_analysis.figures.curves import curves as curves
from innovsoc_analysis.figures.dendrogram import Leaf as Leaf
from innovsoc_analysis.figures.dendrogram import Word as Word
from innovsoc_analysis.figures.dendrogram import dendrogram as dendrogram
from innovsoc_analysis.figures.describing import alt_text as alt_text
from innovsoc_analysis.figures.describing import describe as describe
from innovsoc_analysis.figures.dots import dot_plot as dot_plot
from innovsoc_analysis.figures.factor_map import axis_map as axis_map
from innovsoc_analysis.figures.factor_map import factor_map as factor_map
from innovsoc_analysis.figures.heat import heat_map as heat_map
from innovsoc_analysis.figures.interval_rows import interval_rows as interval_rows
from innovsoc_analysis.figures.intervals import interval_panels as interval_panels
from innovsoc_analysis.figures.lines import LinePanel as LinePanel
from innovsoc_analysis.figures.lines import line_panels as line_panels
from innovsoc_analysis.figures.matrix import mark_matrix as mark_matrix
from innovsoc_analysis.figures.network import word_network as word_network
from innovsoc_analysis.figures.ranking import ranking as ranking
from innovsoc_analysis.figures.rates import rate_plot as rate_plot
from innovsoc_analysis.figures.saving import save as save
from innovsoc_analysis.figures.scatter import disc_map as disc_map
from innovsoc_analysis.figures.scatter import mark_map as mark_map
from innovsoc_analysis.figures.scree import scree as scree
from innovsoc_analysis.figures.signed import signed_panels as signed_panels
from innovsoc_analysis.figures.sizes import SIZES as SIZES
from innovsoc_analysis.figures.specification import specification_curve as specification_curve
from innovsoc_analysis.figures.speech import speech_plot as speech_plot
from innovsoc_analysis.figures.stacks import stacked_bars as stacked_bars
from innovsoc_analysis.figures.style import COLOURS as COLOURS
from innovsoc_analysis.figures.style import DASHES as DASHES
from innovsoc_analysis.figures.style import GRID as GRID
from innovsoc_analysis.figures.style import HATCHES as HATCHES
from innovsoc_analysis.figures.style import INK as INK
from innovsoc_analysis.figures.style import MARKERS as MARKERS
from innovsoc_analysis.figures.style import MUTED as MUTED
from innovsoc_analysis.figures.style import percent as percent
from innovsoc_analysis.figures.style import png_bytes as png_bytes
from innovsoc_analysis.figures.style import style as style
from innovsoc_analysis.figures.style import svg_bytes as svg_bytes
from innovsoc_analysis.figures.timeline import time_panels as time_panels

__all__ = [
    "COLOURS",
    "DASHES",
    "GRID",
    "HATCHES",
    "INK",
    "MARKERS",
    "MUTED",
    "SIZES",
    "Barcode",
    "Leaf",
    "LinePanel",
    "Word",
    "Words",
    "alt_text",
    "arc_plot",
    "axis_map",
    "bar_panels",
    "barcode_plot",
    "curves",
    "dendrogram",
    "describe",
    "disc_map",
    "dot_plot",
    "factor_map",
    "heat_map",
    "hidden_texts",
    "interval_panels",
    "interval_rows",
    "line_panels",
    "mark_map",
    "mark_matrix",
    "percent",
    "png_bytes",
    "ranking",
    "rate_plot",
    "save",
    "scree",
    "signed_panels",
    "specification_curve",
    "speech_plot",
    "stacked_bars",
    "style",
    "svg_bytes",
    "time_panels",
    "word_network",
]
