// Topics: choose one to read its words, verbatims and groups; built with textContent only, so no text can act as markup.
(function () {
  const PAGE = 50;
  const GROUPS = 40;
  const SVG = document.querySelector("svg").namespaceURI;
  const percent = (share, digits) =>
    `${(100 * share).toFixed(digits || 0).replace(".", ",")}\u202f%`;
  const folded = data.documents.map((one) => fold(`${one.title} ${one.source} ${one.genre}`));
  let chosen = 0;
  let found = [];
  let shown = 0;

  function shape(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  }

  function words() {
    const lambda = Number(at("lambda").value);
    at("lambda").setAttribute("aria-valuetext", `λ = ${lambda.toFixed(1).replace(".", ",")}`);
    at("lambda-note").textContent = `λ = ${lambda.toFixed(1).replace(".", ",")}`;
    const scored = data.topics[chosen].words.map(([word, here, everywhere], place) => ({
      word,
      here,
      everywhere,
      place,
      score: lambda * Math.log(here) + (1 - lambda) * Math.log(here / everywhere),
    }));
    scored.sort((one, other) => other.score - one.score || one.place - other.place);
    const first = scored.slice(0, data.shown);
    const widest = Math.max(...first.map((one) => one.here));
    at("words").replaceChildren(
      ...first.map((one) => {
        const li = element("li");
        li.title = `${percent(one.here, 1)} des mots du thème, ${percent(one.everywhere, 1)} de ceux du corpus`;
        const bars = shape("svg", { viewBox: "0 0 100 14", preserveAspectRatio: "none", "aria-hidden": "true" });
        const wide = (share) => Math.min((100 * share) / widest, 100).toFixed(1);
        bars.append(shape("rect", { class: "in", width: wide(one.here), height: 8 }));
        bars.append(shape("rect", { class: "all", width: wide(one.everywhere), y: 9, height: 4 }));
        li.append(element("span", "", one.word), bars);
        return li;
      }),
    );
  }

  function verbatims() {
    const rows = data.topics[chosen].verbatims.map((one) => {
      const li = element("li");
      li.append(element("blockquote", "", `«\u00a0${one.quote}\u00a0»`));
      const cite = element("cite", "", one.cite);
      if (one.source && one.source !== one.cite) cite.append(element("br"), one.source);
      li.append(cite);
      return li;
    });
    at("verbatims").replaceChildren(...(rows.length ? rows : [element("li", "note", "Aucun verbatim.")]));
  }

  function prevalence() {
    if (!at("attribute")) return;
    const tables = data.prevalence[Number(at("attribute").value)];
    // one scale for all topics of an attribute, so that going from one to the other compares them
    const top = Math.max(...tables.flat().map((row) => (row.bounds ? row.bounds[1] : row.share)), 0.01);
    const end = Math.min(Math.ceil(top * 10) / 10, 1);
    const wide = (share) => `${((100 * share) / end).toFixed(2)}%`;
    const rows = tables[chosen].slice(0, GROUPS).map((row) => {
      const line = element("div", row.few ? "group few" : "group");
      const drawn = shape("svg", { "aria-hidden": "true" });
      if (row.bounds) {
        drawn.append(
          shape("line", { class: "interval", x1: wide(row.bounds[0]), x2: wide(row.bounds[1]), y1: 13, y2: 13 }),
        );
      }
      drawn.append(shape("circle", { class: "dot", cx: wide(row.share), cy: 13, r: 5 }));
      const figures = element("span", "figures");
      figures.append(element("b", "", percent(row.share)));
      if (row.bounds) figures.append(` (${percent(row.bounds[0]).slice(0, -2)}–${percent(row.bounds[1])})`);
      const value = element("span", "value", row.value);
      value.append(element("span", "note", ` (${row.documents})`));
      line.append(value, drawn, figures);
      return line;
    });
    const scale = element("div", "group scale");
    const ends = element("span", "ends");
    ends.append(element("span", "", "0"), element("span", "", percent(end / 2)), element("span", "", percent(end)));
    scale.append(element("span"), ends, element("span"));
    at("prevalence").replaceChildren(...rows, scale);
    const left = tables[chosen].length - rows.length;
    if (left > 0) at("prevalence").append(element("p", "note", `… et ${left} autres valeurs, dans les tableaux.`));
  }

  function choose(number, goThere) {
    chosen = number - 1;
    const topic = data.topics[chosen];
    for (const node of document.querySelectorAll("[data-topic]")) {
      node.setAttribute("aria-pressed", String(Number(node.dataset.topic) === number));
    }
    at("theme-title").textContent = `Thème ${number} : ${topic.label}`;
    const notes = [topic.crossed, topic.stability && `${topic.stability.text}.`].filter(Boolean);
    at("theme-note").textContent = notes.join(" ");
    words();
    verbatims();
    prevalence();
    if (goThere) {
      at("theme-title").scrollIntoView();
      at("theme-title").focus({ preventScroll: true });
    }
  }

  const firstTopic = (one) => {
    const most = Math.max(...one.shares);
    return most > 0 ? one.shares.indexOf(most) + 1 : 0;
  };

  function row(one) {
    const tr = element("tr");
    const name = element("th", "", one.title);
    name.scope = "row";
    name.title = one.source;
    name.append(element("span", "genre", one.genre));
    tr.append(name);
    const first = firstTopic(one);
    one.shares.forEach((share, place) => {
      const seen = share >= 0.5;
      const cell = element("td", place + 1 === first ? "n first" : "n", seen ? String(Math.round(share)) : "·");
      if (seen) cell.style.backgroundColor = `rgb(0 114 178 / ${(share / 250).toFixed(2)})`;
      tr.append(cell);
    });
    return tr;
  }

  function more() {
    const next = found.slice(shown, shown + PAGE);
    at("rows").append(...next.map((place) => row(data.documents[place])));
    shown += next.length;
    at("more").hidden = shown >= found.length;
  }

  function documents() {
    const asked = fold(at("f-text").value).split(/\s+/).filter(Boolean);
    const topic = Number(at("f-topic").value);
    const by = Number(at("f-sort").value);
    found = data.documents.map((_, place) => place).filter(
      (place) =>
        asked.every((word) => folded[place].includes(word)) &&
        (!topic || firstTopic(data.documents[place]) === topic),
    );
    if (by) found.sort((one, other) => data.documents[other].shares[by - 1] - data.documents[one].shares[by - 1] || one - other);
    at("rows").replaceChildren();
    shown = 0;
    at("count").textContent = found.length
      ? `${found.length} document${found.length > 1 ? "s" : ""} ; part de chaque thème en %`
      : "Aucun document ne correspond : élargissez un filtre.";
    more();
    points(new Set(found));
  }

  function points(kept) {
    const nodes = [];
    data.documents.forEach((one, place) => {
      if (!one.at) return;
      const [x, y] = one.at;
      const node = shape("g", { class: kept.has(place) && kept.size < data.documents.length ? "point on" : "point" });
      const title = shape("title", {});
      title.textContent = `${one.title} : thème ${firstTopic(one)}`;
      const text = shape("text", { x, y });
      text.textContent = String(firstTopic(one));
      node.append(title, shape("circle", { cx: x, cy: y, r: 8 }), text);
      nodes.push(node);
    });
    at("points").replaceChildren(...nodes);
  }

  for (const node of document.querySelectorAll("[data-topic]")) {
    node.addEventListener("click", () => choose(Number(node.dataset.topic), true));
    if (node.tagName !== "BUTTON") {
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(Number(node.dataset.topic), true);
      });
    }
  }
  at("lambda").addEventListener("input", words);
  if (at("attribute")) at("attribute").addEventListener("change", prevalence);
  at("f-text").addEventListener("input", documents);
  at("f-topic").addEventListener("change", documents);
  at("f-sort").addEventListener("change", documents);
  at("more").addEventListener("click", more);
  choose(1, false);
  documents();
})();
