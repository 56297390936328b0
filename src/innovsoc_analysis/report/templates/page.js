// Verbatims: filter by code, genre, document and words; built with textContent only, so no text can act as markup.
(function () {
  const PAGE = 40;
  const codes = new Map(data.families.flatMap((family) => family.codes).map((code) => [code.id, code]));
  const filters = { code: at("f-code"), genre: at("f-genre"), doc: at("f-doc"), text: at("f-text") };
  if (at("f-sure")) filters.sure = at("f-sure"); // only where a model has coded
  const folded = data.segments.map((segment) => fold(segment.quote));
  let found = [];
  let shown = 0;

  function quote(segment, code) {
    const codes = segment.codes.filter(([id]) => !code || id === code);
    return quoted(segment.quote, codes.flatMap(([, spans]) => spans));
  }

  function certain(segment, id) {
    const wanted = filters.sure ? filters.sure.value : "";
    return !wanted || segment.reread.includes(id) === (wanted === "reread");
  }

  function item(segment) {
    const code = filters.code.value;
    const li = element("li");
    li.append(quote(segment, code));
    const source = data.documents[segment.doc];
    const parts = [segment.by, source.title, segment.at, source.genre].filter(Boolean);
    const cite = element("cite", "", parts.join(", "));
    cite.title = source.source;
    li.append(cite);
    const chips = element("div", "chips");
    for (const [id] of segment.codes) {
      const chip = element("button", "", codes.get(id).label);
      chip.type = "button";
      chip.title = codes.get(id).definition;
      if (segment.reread.includes(id)) {
        chip.textContent += "\u00a0?";
        chip.title = `Codage incertain, à relire. ${chip.title}`;
        chip.className = "doubtful";
      }
      chip.setAttribute("aria-pressed", String(id === code));
      chip.addEventListener("click", () => choose(id === code ? "" : id));
      chips.append(chip);
    }
    li.append(chips);
    return li;
  }

  function more() {
    const next = found.slice(shown, shown + PAGE);
    at("list").append(...next.map((position) => item(data.segments[position])));
    shown += next.length;
    at("more").hidden = shown >= found.length;
  }

  function refresh() {
    const code = filters.code.value;
    const words = fold(filters.text.value).split(/\s+/).filter(Boolean);
    found = [];
    data.segments.forEach((segment, position) => {
      if (!segment.codes.some(([id]) => (!code || id === code) && certain(segment, id))) return;
      if (filters.doc.value !== "" && segment.doc !== Number(filters.doc.value)) return;
      if (filters.genre.value && data.documents[segment.doc].genre !== filters.genre.value) return;
      if (!words.every((word) => folded[position].includes(word))) return;
      found.push(position);
    });
    at("list").replaceChildren();
    shown = 0;
    const documents = new Set(found.map((position) => data.segments[position].doc)).size;
    at("count").textContent = found.length
      ? `${found.length} phrase${found.length > 1 ? "s" : ""} dans ${documents} document${documents > 1 ? "s" : ""}`
      : "Aucune phrase ne correspond : élargissez un filtre.";
    const definition = at("definition");
    definition.hidden = !code;
    definition.textContent = code ? `${codes.get(code).label} : ${codes.get(code).definition}` : "";
    more();
  }

  function choose(code) {
    filters.code.value = code;
    refresh();
    at("verbatims").scrollIntoView();
  }

  for (const [name, control] of Object.entries(filters)) {
    control.addEventListener(name === "text" ? "input" : "change", refresh);
  }
  for (const button of document.querySelectorAll("button.code")) {
    button.addEventListener("click", () => choose(button.dataset.code));
  }
  at("more").addEventListener("click", more);
  refresh();
})();
