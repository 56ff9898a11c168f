// What a reader gains from a script: sorting, filtering, and word of a picture that has grown old.
// Everything here is made by the script, so that nothing dead stands on the page without it.
"use strict";

const made = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const order = (row, column) => {
  const cell = row.cells[column];
  const ranked = cell.querySelector("[data-ordning]");
  if (ranked) return Number(ranked.dataset.ordning);
  const text = cell.textContent.trim();
  if (!cell.classList.contains("tal")) return text === "–" ? null : text;
  const number = parseFloat(text.replace(/[^\d,.−-]/g, "").replace("−", "-").replace(",", "."));
  return Number.isNaN(number) ? null : number;
};

const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "sv", { numeric: true }));

// What has no value stands last, whichever way the others go.
const sortBy = (table, column, direction) => {
  const keyed = [...table.tBodies[0].rows].map((row) => [order(row, column), row]);
  keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : direction * compare(a, b)));
  table.tBodies[0].append(...keyed.map(([, row]) => row));
};

for (const table of document.querySelectorAll("table[data-sortera]")) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    if (heading.classList.contains("bild")) return;
    const button = made("button", { type: "button" }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const rising = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
      sortBy(table, column, rising ? 1 : -1);
    });
  });
}

const distinct = (values) => [...new Set(values)].sort((a, b) => a.localeCompare(b, "sv", { numeric: true }));

// What a row says, its picture apart.
const said = (row) => [...row.cells].map((cell) => (cell.classList.contains("bild") ? "" : cell.textContent)).join(" ").toLocaleLowerCase("sv");

// A long list begins with its first ten rows (stil.css); a button, or a search, shows all. On paper all stand.
const showAll = (place) => {
  for (const list of place.matches("[data-forst]") ? [place] : place.querySelectorAll("[data-forst]")) {
    list.removeAttribute("data-forst");
    list.querySelector(".fler").remove();
  }
};
for (const list of document.querySelectorAll("[data-forst]")) {
  const button = made("button", { type: "button", className: "fler", textContent: `Visa alla ${list.querySelector("tbody").rows.length} rader` });
  button.addEventListener("click", () => {
    const next = list.querySelector("tbody tr:nth-child(11)");
    showAll(list);
    next.tabIndex = -1;
    next.focus();
  });
  list.querySelector(".rulla").after(button);
}

// One set of controls over the rows of one table, or of a group of tables by area.
const addFilter = (place, rows, choices, noun) => {
  const text = made("input", { type: "search", autocomplete: "off" });
  const selects = choices
    .map(({ label, value }) => ({ label, value, options: distinct(rows.flatMap(value)) }))
    .filter(({ options }) => options.length > 1)
    .map(({ label, value, options }) => {
      const select = made("select", {}, made("option", { value: "", textContent: "Alla" }));
      select.append(...options.map((option) => made("option", { value: option, textContent: option })));
      return { label, value, select };
    });
  const status = made("p");
  status.setAttribute("role", "status");
  const words = new Map(rows.map((row) => [row, said(row)]));
  const apply = () => {
    const wanted = text.value.trim().toLocaleLowerCase("sv");
    let shown = 0;
    for (const row of rows) {
      const fits = words.get(row).includes(wanted) && selects.every(({ value, select }) => !select.value || [value(row)].flat().includes(select.value));
      row.hidden = !fits;
      shown += fits;
    }
    for (const group of place.querySelectorAll("[data-grupp]")) group.hidden = !group.querySelector("tbody tr:not([hidden])");
    if (shown < rows.length) showAll(place);
    status.textContent = `${shown} av ${rows.length} ${noun} visas`;
  };
  const labelled = (label, control) => made("label", {}, label, control);
  const tools = made("div", { className: "verktyg" }, labelled("Sök", text));
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", `Filtrera ${noun}`);
  tools.append(...selects.map(({ label, select }) => labelled(label, select)), status);
  text.addEventListener("input", apply);
  for (const { select } of selects) select.addEventListener("change", apply);
  return tools;
};

const chosen = (table) =>
  [...table.tHead.rows[0].cells]
    .map((heading, column) => ({ heading, label: heading.textContent.trim(), value: (row) => cellTexts(row, column, heading.dataset.val === "flera") }))
    .filter(({ heading }) => "val" in heading.dataset);

// What a reader may pick the row by: its cell's text, or each of the several that stand in it.
const cellTexts = (row, column, several) => {
  const status = row.cells[column].querySelector(".status");
  const text = (status ? status.lastChild : row.cells[column]).textContent.trim();
  return several ? text.split(", ") : text;
};

for (const group of document.querySelectorAll("[data-grupper]")) {
  const tables = [...group.querySelectorAll("table")];
  if (!tables.length) continue;
  const area = { label: "Område", value: (row) => row.closest("[data-grupp]").dataset.grupp };
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  group.querySelector("[data-grupp]").before(addFilter(group, rows, [area, ...chosen(tables[0])], "indikatorer"));
}

document.querySelectorAll("[data-sok]").forEach((list) => {
  const table = list.querySelector("table");
  if (list.closest("[data-grupper]") || table.tBodies[0].rows.length < 8) return;
  const tools = addFilter(list, [...table.tBodies[0].rows], chosen(table), "rader");
  tools.setAttribute("aria-label", `Filtrera: ${table.caption.textContent.trim()}`);
  list.prepend(tools);
});

const old = document.getElementById("gammal");
if (old && Date.now() > Date.parse(old.dataset.efter)) old.hidden = false;

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
