// Lets a reader sort every table.sortable by any column, and filter it. A page without scripts shows the same rows in
// the order they were written. A heading of class "n" holds numbers; data-order lists the words of a column from first
// to last; data-filter gives each of them a box that hides its rows.
"use strict";
(() => {
  const collator = new Intl.Collator("en", { numeric: true });
  const text = (row, column) => row.cells[column].textContent.trim();

  // What has no place in the order, a dash or an unknown word, is NaN: it comes last, whichever way it is sorted.
  const keyOf = (head, word) => {
    if (head.dataset.order) {
      const at = head.dataset.order.split(",").indexOf(word);
      return at < 0 ? NaN : at;
    }
    return head.classList.contains("n") ? Number.parseFloat(word.replace("inf", "Infinity")) : word;
  };

  const sort = (table, rows, head) => {
    const way = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.ariaSort = way > 0 ? "ascending" : "descending";
    const keys = rows.map((row) => keyOf(head, text(row, head.cellIndex)));
    const compare = typeof keys[0] === "string" ? collator.compare : (a, b) => a - b;
    const order = [...rows.keys()].sort(
      (a, b) => Number.isNaN(keys[a]) - Number.isNaN(keys[b]) || way * compare(keys[a], keys[b]) || a - b,
    );
    table.tBodies[0].append(...order.map((at) => rows[at]));
  };

  const addButtons = (table, rows) => {
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, rows, head));
      head.append(button);
    }
  };

  const field = (type, name) => {
    const input = Object.assign(document.createElement("input"), { type });
    const label = document.createElement("label");
    label.append(...(type === "search" ? [name, input] : [input, name]));
    return [input, label];
  };

  const addFilter = (table, rows, head) => {
    const words = rows.map((row) => text(row, head.cellIndex));
    const [sought, search] = field("search", "Filter");
    const boxes = new Map();
    const bar = Object.assign(document.createElement("div"), { className: "filter", role: "search" });
    bar.append(search);
    for (const word of head.dataset.order.split(",").filter((word) => words.includes(word))) {
      const [box, label] = field("checkbox", word);
      box.checked = true;
      boxes.set(word, box);
      bar.append(label);
    }
    const told = document.createElement("output");
    bar.append(told);
    let contents;
    const apply = () => {
      contents ??= rows.map((row) => row.textContent.toLowerCase());
      const wanted = sought.value.trim().toLowerCase();
      const shown = rows.map((_, at) => boxes.get(words[at])?.checked !== false && contents[at].includes(wanted));
      rows.forEach((row, at) => (row.hidden = !shown[at]));
      told.textContent = `${shown.filter(Boolean).length} of ${rows.length} shown`;
    };
    bar.addEventListener("input", apply);
    told.textContent = `${rows.length} of ${rows.length} shown`;
    (table.closest(".scroll") ?? table).before(bar);
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const rows = [...table.tBodies[0].rows];
    addButtons(table, rows);
    const filtered = table.querySelector("th[data-filter]");
    if (filtered) addFilter(table, rows, filtered);
  }
})();
