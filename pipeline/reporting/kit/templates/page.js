"use strict";
// Tables are sorted by a click or a key on a heading; folded parts are printed open.
(() => {
  const decimal = document.documentElement.dataset.decimal;

  // The first number of a cell, a date as one number; the exact one where a short one is shown.
  const figure = cell => {
    const exact = cell.querySelector("abbr")?.title ?? cell.textContent;
    const day = exact.match(/(\d{4})-(\d\d)-(\d\d)/) || exact.match(/(\d\d)\/(\d\d)\/(\d{4})/);
    if (day) {
      const [year, month, date] = day[1].length === 4 ? day.slice(1) : day.slice(1).reverse();
      return Number(year + month + date);
    }
    const found = exact.match(/[-+\u2212<]?\s*\d[\d.,\s\u00a0\u202f]*/);
    if (!found) return null;
    const digits = [...found[0]].filter(one => /\d/.test(one) || one === decimal).join("");
    const size = Number(digits.replace(decimal, "."));
    return /^[-\u2212]/.test(found[0]) ? -size : size;
  };

  const compare = (a, b, isText) => {
    if (isText) {
      return a.textContent.trim().localeCompare(
        b.textContent.trim(), document.documentElement.lang, { numeric: true });
    }
    return figure(a) - figure(b);
  };

  const sort = (table, heading, place) => {
    const isText = heading.classList.contains("text");
    const isUp = heading.getAttribute("aria-sort") === (isText ? "ascending" : "descending");
    const order = isText !== isUp ? "ascending" : "descending";
    for (const other of table.tHead.rows[0].cells) {
      if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    }
    heading.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const rows = [...table.tBodies[0].rows];
    const known = row => isText || figure(row.cells[place]) !== null;
    const found = rows.filter(known).sort(
      (a, b) => sign * compare(a.cells[place], b.cells[place], isText));
    // What is hidden or unknown comes last, in either order.
    table.tBodies[0].append(...found, ...rows.filter(row => !known(row)));
  };

  for (const table of document.querySelectorAll("table")) {
    if (!table.tHead || table.tBodies[0].rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((heading, place) => {
      if (!heading.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(table, heading, place));
    });
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not(.behind):not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  // A link into a folded part opens it.
  const reveal = () => {
    const aim = location.hash && document.getElementById(location.hash.slice(1));
    for (let one = aim; one; one = one.parentElement) {
      if (one.tagName === "DETAILS") one.open = true;
    }
    if (!aim) return;
    if (aim.classList.contains("page")) aim.querySelector("h3").focus({ preventScroll: true });
    aim.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
