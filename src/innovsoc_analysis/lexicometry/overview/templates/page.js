// Lexicometry: choose a part or a class to read its words, and a word to read its sentences.
(function () {
  const SVG = document.querySelector("svg").namespaceURI;
  const decimal = (value) => String(value).replace(".", ",").replace("-", "−");

  function bar(width, under) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 100 14");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    const rect = document.createElementNS(SVG, "rect");
    const size = { x: 0.5, y: 2, width: Math.max(Math.min(width, 99), 0.5), height: 10, "vector-effect": "non-scaling-stroke" };
    for (const [name, value] of Object.entries(size)) rect.setAttribute(name, value);
    svg.append(rect);
    return svg;
  }

  function ranked(list, rows, measure, choose) {
    const largest = Math.max(...rows.map((row) => Math.abs(row[measure])), 0);
    const items = rows.map((row) => {
      const li = element("li", row.alone ? "alone" : row[measure] < 0 ? "under" : "");
      const word = element("span", "word");
      if (choose) {
        const button = element("button", "", row.word);
        button.type = "button";
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
          for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
          choose(row);
        });
        word.append(button);
      } else word.textContent = row.word;
      const sign = row[measure] > 0 ? "+" : "";
      li.append(word, bar((100 * Math.abs(row[measure])) / (largest || 1)), element("span", "figure", sign + decimal(row[measure])));
      return li;
    });
    list.replaceChildren(...(items.length ? items : [element("li", "", "aucun")]));
  }

  function quote(one) {
    const li = element("li");
    const cite = element("cite", "", one.who);
    cite.append(element("br"), one.source);
    li.append(quoted(one.text, one.marks), cite);
    return li;
  }

  function showWord(row) {
    at("word-title").textContent = `« ${row.word} »`;
    at("word-note").textContent =
      `${row.f} occurrence${row.f > 1 ? "s" : ""} dans cette partie, dans ${row.documents} document${row.documents > 1 ? "s" : ""} : ` +
      `${decimal(row.per)} pour 10\u202f000 mots, ${decimal(row.all)} dans tout le corpus.`;
    at("word-quotes").replaceChildren(...row.quotes.map(quote));
  }

  function showPart() {
    const part = data.compared[at("f-by").value].parts[at("f-part").value];
    const kind = at("f-kind").value;
    at("part-note").textContent = `${part.n.toLocaleString("fr")} mots.`;
    ranked(at("over"), part[`over_${kind}`], "index", showWord);
    ranked(at("under"), part[`under_${kind}`], "index");
    const first = at("over").querySelector("button");
    if (first) first.click();
    else {
      at("word-title").textContent = "Verbatims";
      at("word-note").textContent = "Aucun mot spécifique.";
      at("word-quotes").replaceChildren();
    }
  }

  function showParts() {
    const options = data.compared[at("f-by").value].parts.map((part, place) => {
      const option = element("option", "", part.name);
      option.value = place;
      return option;
    });
    at("f-part").replaceChildren(...options);
    showPart();
  }

  function showClass() {
    const one = data.classes[at("f-class").value];
    at("class-note").textContent = one.stability;
    ranked(at("class-words"), one.words, "chi2");
    at("class-segments").replaceChildren(...one.segments.map(quote));
    const values = one.values.map((value) => {
      const li = element("li", "", `${value.name} `);
      li.append(element("span", "figure", value.figure));
      return li;
    });
    at("class-values").replaceChildren(...(values.length ? values : [element("li", "", "nulle part nettement plus ou moins qu'ailleurs")]));
  }

  if (data.compared.length) {
    at("f-by").addEventListener("change", showParts);
    at("f-part").addEventListener("change", showPart);
    at("f-kind").addEventListener("change", showPart);
    showParts();
  }
  if (data.classes.length) {
    at("f-class").addEventListener("change", showClass);
    showClass();
  }
})();
