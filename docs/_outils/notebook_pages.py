"""Notebooks as pages: their text, their code, what they showed."""  # noqa: INP001

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def notebook_pages(path: Path) -> dict[str, str | bytes]:
    """Return the page of a notebook and its pictures, by their place in the site."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    pictures: dict[str, str | bytes] = {}
    parts = []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
        elif cell["cell_type"] == "code":
            parts.append(f"```python\n{source}\n```")
            parts += [_shown(output, path.stem, pictures) for output in cell["outputs"]]
    note = f"*Carnet `notebooks/{path.name}`, avec ses résultats ; ouvrez-le dans Jupyter pour le changer.*"
    title, _, rest = "\n\n".join(parts).partition("\n")
    return {f"carnets/{path.stem}.md": f"{title}\n\n{note}\n{rest}\n", **pictures}


def _shown(output: dict[str, Any], stem: str, pictures: dict[str, str | bytes]) -> str:
    data = output.get("data", {})
    if "image/png" in data:
        name = f"{stem}_{len(pictures) + 1:02}.png"
        pictures[f"carnets/{name}"] = base64.b64decode("".join(data["image/png"]))
        return f"![figure]({name})"
    if "text/html" in data:
        html = re.sub(r"<style.*?</style>", "", "".join(data["text/html"]), flags=re.DOTALL)
        lines = [line.strip() for line in html.splitlines() if line.strip()]
        return '<div class="sortie">' + "\n".join(lines) + "</div>"
    text = "".join(output.get("text", data.get("text/plain", ""))).rstrip()
    return f"```text\n{text}\n```" if text else ""
