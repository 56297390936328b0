"""Study the French discourse on social innovation: from files to codings, topics and figures.

>>> import innovsoc_analysis as isa
>>> codebook = isa.load_codebook("bissib")
>>> len(codebook.codes)
45
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.lazy import lazy

if TYPE_CHECKING:
    from innovsoc_analysis import coding as coding
    from innovsoc_analysis import figures as figures
    from innovsoc_analysis import lexicometry as lexicometry
    from innovsoc_analysis import nlp as nlp
    from innovsoc_analysis import text as text
    from innovsoc_analysis import topics as topics
    from innovsoc_analysis.codebooks.loading import load_codebook as load_codebook
    from innovsoc_analysis.coding.agreement import agreement as agreement
    from innovsoc_analysis.coding.coder import code as code
    from innovsoc_analysis.coding.codings import Codings as Codings
    from innovsoc_analysis.coding.evaluation import evaluate as evaluate
    from innovsoc_analysis.coding.gold import load_gold as load_gold
    from innovsoc_analysis.coding.learning.training import train as train
    from innovsoc_analysis.lexicometry.kwic import concordance as concordance
    from innovsoc_analysis.model.codebook import Codebook as Codebook
    from innovsoc_analysis.model.errors import InnovsocError as InnovsocError
    from innovsoc_analysis.pages.tables import show as show
    from innovsoc_analysis.report.page import report_page as report_page
    from innovsoc_analysis.study.corpus import Corpus as Corpus
    from innovsoc_analysis.study.corpus import corpus_from_texts as corpus_from_texts
    from innovsoc_analysis.study.corpus import read_corpus as read_corpus
    from innovsoc_analysis.text.inclusive import find_inclusive as find_inclusive
    from innovsoc_analysis.workflow.folder import init_study as init_study
    from innovsoc_analysis.workflow.reproducing import reproduce as reproduce
    from innovsoc_analysis.workflow.running import run_study as run_study

__version__ = "0.1.0"

# public name -> where it is; loaded at first use, so that importing the package costs nothing
_WHERE = {
    "Codebook": "model.codebook",
    "Codings": "coding.codings",
    "Corpus": "study.corpus",
    "InnovsocError": "model.errors",
    "agreement": "coding.agreement",
    "code": "coding.coder",
    "coding": "",
    "concordance": "lexicometry.kwic",
    "corpus_from_texts": "study.corpus",
    "evaluate": "coding.evaluation",
    "figures": "",
    "find_inclusive": "text.inclusive",
    "init_study": "workflow.folder",
    "lexicometry": "",
    "load_codebook": "codebooks.loading",
    "load_gold": "coding.gold",
    "nlp": "",
    "read_corpus": "study.corpus",
    "report_page": "report.page",
    "reproduce": "workflow.reproducing",
    "run_study": "workflow.running",
    "show": "pages.tables",
    "text": "",
    "topics": "",
    "train": "coding.learning.training",
}
__all__ = [
    "Codebook",
    "Codings",
    "Corpus",
    "InnovsocError",
    "agreement",
    "code",
    "coding",
    "concordance",
    "corpus_from_texts",
    "evaluate",
    "figures",
    "find_inclusive",
    "init_study",
    "lexicometry",
    "load_codebook",
    "load_gold",
    "nlp",
    "read_corpus",
    "report_page",
    "reproduce",
    "run_study",
    "show",
    "text",
    "topics",
    "train",
]

__getattr__, __dir__ = lazy(__name__, _WHERE)
