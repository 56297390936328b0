// Lines of a concordance: sorted and filtered.
(function () {
  if (!at("lines")) return; // nothing was found
  const PAGE = 200;
  const folded = data.lines.map(([doc, speaker, left, pivot, right]) =>
    fold([data.documents[doc][0], data.documents[doc][1], speaker, left, pivot, right].join(" ")));
  const buttons = Array.from(document.querySelectorAll("button[data-sort]"));
  let order = data.lines.map((_, position) => position);
  let found = order;
  let shown = 0;
  at("table").style.setProperty("--pivot", `${data.pivot}rem`);

  function cell(row, className, text) {
    const node = row.insertCell();
    node.className = className;
    node.textContent = text;
    return node;
  }

  function line(position) {
    const [doc, speaker, left, pivot, right] = data.lines[position];
    const [title, genre, source] = data.documents[doc];
    const row = document.createElement("tr");
    const where = cell(row, "s", [speaker, title].filter(Boolean).join(", "));
    where.title = [speaker, title, genre, source].filter(Boolean).join(", ");
    const before = element("div", "", left); // a context too long for its cell is cut on its far side
    before.title = left;
    cell(row, "l", "").append(before);
    const mark = element("mark", "", pivot);
    // on a narrow screen the line reads as a sentence: « l'innovation, »
    cell(row, "p", /['’(«]$/.test(left) ? "" : " ").append(mark, /^[,.)…]/.test(right) ? "" : " ");
    cell(row, "r", right).title = right;
    return row;
  }

  function more() {
    const next = found.slice(shown, shown + PAGE);
    at("lines").append(...next.map(line));
    shown += next.length;
    at("more").hidden = shown >= found.length;
  }

  function refresh() {
    const words = fold(at("filter").value).split(/\s+/).filter(Boolean);
    found = order.filter((position) => words.every((word) => folded[position].includes(word)));
    const documents = new Set(found.map((position) => data.lines[position][0])).size;
    at("count").textContent = found.length
      ? `${found.length} ligne${found.length > 1 ? "s" : ""} dans ${documents} document${documents > 1 ? "s" : ""}`
      : "Aucune ligne ne correspond : changez le filtre.";
    at("lines").replaceChildren();
    shown = 0;
    more();
  }

  function sort(key, pressed) {
    order = order.slice().sort((a, b) => data.lines[a][5][key] - data.lines[b][5][key]);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
    refresh();
  }

  for (const button of buttons) button.addEventListener("click", () => sort(Number(button.dataset.sort), button));
  at("filter").addEventListener("input", refresh);
  at("more").addEventListener("click", more);
  at("whole").addEventListener("click", () => {
    at("whole").setAttribute("aria-pressed", String(at("table").classList.toggle("whole")));
  });
  refresh();
})();
