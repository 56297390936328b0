// Verbatims: filter by code, genre or another attribute, document and words; built with textContent only, so no text can act as markup.
// The filters stand in the fragment of the address: a number is a link to one, « back » goes to the one before.
(function () {
  const PAGE = 40;
  const codes = new Map(data.families.flatMap((family) => family.codes).map((code) => [code.id, code]));
  const filters = { code: at("f-code"), genre: at("f-genre"), doc: at("f-doc"), text: at("f-text") };
  if (at("f-group")) filters.group = at("f-group"); // only where another attribute than the genre is compared
  if (at("f-sure")) filters.sure = at("f-sure"); // only where a model has coded
  const folded = data.segments.map((segment) => fold(segment.quote));
  let found = [];
  let shown = 0;

  function quote(segment, code) {
    const codes = segment.codes.filter(([id]) => !code || id === code);
    const block = quoted(segment.quote, codes.flatMap(([, spans]) => spans));
    block.dir = "auto";
    return block;
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
      if (filters.group && filters.group.value && data.documents[segment.doc].group !== filters.group.value) return;
      if (!words.every((word) => folded[position].includes(word))) return;
      found.push(position);
    });
    at("list").replaceChildren();
    shown = 0;
    const documents = new Set(found.map((position) => data.segments[position].doc)).size;
    at("count").textContent = found.length
      ? `${found.length} ${data.unit[found.length > 1 ? 1 : 0]} dans ${documents} document${documents > 1 ? "s" : ""}`
      : "Aucun verbatim ne correspond : élargissez un filtre.";
    const definition = at("definition");
    definition.hidden = !code;
    definition.textContent = code ? `${codes.get(code).label} : ${codes.get(code).definition}` : "";
    more();
  }

  function fragment() {
    const state = new URLSearchParams();
    for (const [name, control] of Object.entries(filters)) if (control.value) state.set(name, control.value);
    return `#${state.toString() || "code="}`;
  }

  // what the address says, if it speaks of filters and not of a section; a value that is no choice chooses nothing
  function follow() {
    if (!location.hash.includes("=")) return false;
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [name, control] of Object.entries(filters)) {
      control.value = state.get(name) || "";
      if (control.selectedIndex === -1) control.value = "";
    }
    return true;
  }

  function choose(code) {
    filters.code.value = code;
    go(fragment());
  }

  function go(address) {
    if (address === location.hash) show();
    else location.hash = address;
  }

  for (const [name, control] of Object.entries(filters)) {
    if (name === "text") {
      control.addEventListener("input", () => {
        history.replaceState(null, "", fragment()); // a letter more is no step to go back to
        refresh();
      });
    } else {
      control.addEventListener("change", () => {
        history.pushState(null, "", fragment());
        refresh();
      });
    }
  }
  for (const button of document.querySelectorAll("button.code")) {
    button.addEventListener("click", () => go(`#${new URLSearchParams({ code: button.dataset.code })}`));
  }
  for (const link of document.querySelectorAll("a.count")) { // the same link again: the address does not change
    link.addEventListener("click", () => {
      if (link.hash === location.hash) show();
    });
  }
  function show() {
    follow();
    refresh();
    at("verbatims").scrollIntoView();
    at("count").focus({ preventScroll: true });
  }
  at("count").tabIndex = -1;
  at("more").addEventListener("click", more);
  window.addEventListener("hashchange", () => {
    if (location.hash.includes("=")) show();
  });
  window.addEventListener("popstate", () => {
    if (location.hash) return;
    for (const control of Object.values(filters)) control.value = ""; // back to where no filter was chosen
    refresh();
  });

  // works on a page opened from a disk, to which the newer clipboard may be closed
  function copied(text) {
    const area = element("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.addEventListener("click", () => {
      const place = at(button.dataset.copy);
      const paragraphs = Array.from(place.querySelectorAll("p"), (one) => one.textContent);
      const done = copied(paragraphs.join("\n\n"));
      if (!done) getSelection().selectAllChildren(place);
      button.nextElementSibling.textContent = done ? "Copié." : "Sélectionné : copiez avec Ctrl+C.";
      button.focus();
    });
  }
  const linked = follow();
  refresh();
  if (linked) at("verbatims").scrollIntoView();
})();
