"""A study's title on all its pages, its codes by an attribute, and a report that is asked for by itself."""

from __future__ import annotations

import pytest

from innovsoc_analysis.report.study import save_study_report
from innovsoc_analysis.workflow.folder import load_study
from innovsoc_analysis.workflow.running import FAILED, UP_TO_DATE, run_study, stale_steps


@pytest.fixture
def placed(fresh, setting):
    lines = [f"projets/jardin {n}.txt,Ath\nparoles/guichet {n}.txt,Mons\n" for n in range(4)]
    (fresh / "sources" / "metadata.csv").write_text(f"file,territoire\n{''.join(lines)}", "utf-8")
    setting(fresh, 'title = ""', 'title = "Deux lieux"')
    return fresh


def test_title_and_attribute_are_on_the_pages_and_a_report_by_itself_leaves_the_study_up_to_date(placed, setting):
    setting(placed, 'by = ""', 'by = "territoire"')
    run_study(placed)
    results = placed / "results"
    for page in ("code/report.html", "topics/topics.html", "lexicon/lexicon.html", "report/report.html"):
        assert "<h1>Deux lieux</h1>" in (results / page).read_text("utf-8"), page
    for page in ("code/report.html", "report/report.html"):
        assert "<option>Ath</option><option>Mons</option>" in (results / page).read_text("utf-8"), page
    written = save_study_report(placed)
    assert {path.parent for path in written} == {results / "report-a-part"}
    assert stale_steps(load_study(placed)) == {}
    assert {one.outcome for one in run_study(placed).steps} == {UP_TO_DATE}


def test_a_misspelt_attribute_is_told_by_the_step(placed, setting):
    setting(placed, 'by = ""', 'by = "teritoire"')
    (step,) = run_study(placed, only=["code"]).steps
    assert step.outcome == FAILED
    assert "« teritoire » ; vouliez-vous dire « territoire » ?" in step.message
