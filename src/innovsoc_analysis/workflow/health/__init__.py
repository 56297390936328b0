"""Is the installation whole, is the study's folder in order, and what to do if not."""

from __future__ import annotations

from innovsoc_analysis.workflow.health.checkup import Checkup, check_study

__all__ = ["Checkup", "check_study"]
