"use strict";
// What every page's script starts from. Elements get their text by textContent only: no text can act as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'").toLowerCase();

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

// A quote with the words between `spans` marked; offsets count code points, JavaScript counts UTF-16 units.
function quoted(text, spans) {
  const block = element("blockquote");
  const characters = Array.from(text);
  const marked = new Uint8Array(characters.length);
  for (const [start, end] of spans) marked.fill(1, start, end);
  block.append("«\u00a0");
  for (let start = 0; start < characters.length; ) {
    let end = start + 1;
    while (end < characters.length && marked[end] === marked[start]) end += 1;
    const piece = characters.slice(start, end).join("");
    block.append(marked[start] ? element("mark", "", piece) : piece);
    start = end;
  }
  block.append("\u00a0»");
  return block;
}
