"use strict";
// Keyboard, menus, questions before something is lost, and dropping files. Every page works without it.

const typing = (element) => element.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");

// Keyboard: "/" searches, "g" and a letter goes somewhere, arrows walk table rows, Escape closes.
let leader = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return closeTopmost();
  if (typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  } else if (event.key === "g") {
    leader = Date.now();
  } else if (Date.now() - leader < 1500) {
    leader = 0;
    document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    walkRows(event);
  }
});

function walkRows(event) {
  const row = event.target.closest("table.grid tbody tr");
  const inside = (element) => element.querySelector("a, input, button");
  if (!row) {
    const first = document.querySelector("table.grid tbody tr");
    if (event.target === document.body && first && inside(first)) {
      event.preventDefault();
      inside(first).focus();
    }
    return;
  }
  const column = event.target.closest("td, th").cellIndex;
  let next = row;
  do {
    next = event.key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling;
  } while (next && (next.hidden || !inside(next)));
  if (next) {
    event.preventDefault();
    (inside(next.cells[column] ?? next) ?? inside(next)).focus();
  }
}

function closeTopmost() {
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (typing(document.activeElement)) {
    document.activeElement.blur();
  } else {
    document.dispatchEvent(new CustomEvent("app:escape"));
  }
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.closest("[data-print]")) window.print();
});

// A form with data-confirm asks first, in its own words.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = document.getElementById("question");
  if (!form.dataset.confirm || !question || form.dataset.sure) return;
  event.preventDefault();
  question.querySelector("p").textContent = form.dataset.confirm;
  question.querySelector("[value=yes]").textContent = form.dataset.yes;
  question.returnValue = "";
  question.onclose = () => {
    if (question.returnValue !== "yes") return;
    form.dataset.sure = "1";
    form.requestSubmit(event.submitter);
  };
  question.showModal();
});

// Controls that act at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  if (event.target.matches("input[form=compare]")) offerComparison();
});

// Two ticked plans can be compared.
function offerComparison() {
  const ticked = document.querySelectorAll("input[form=compare]:checked").length;
  document.querySelector(".compare-button")?.classList.toggle("ready", ticked === 2);
}

// Columns that know their values (data-value) can be sorted: numbers first from the largest, texts from A.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const rows = [...body.rows].filter((row) => !row.matches(".day-row"));
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  for (const header of table.tHead.rows[0].cells) {
    if (header.querySelector("input")) continue;
    const column = header.cellIndex;
    const numeric = header.classList.contains("num");
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const first = numeric ? "descending" : "ascending";
      const second = numeric ? "ascending" : "descending";
      const order = header.getAttribute("aria-sort") === first ? second : first;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", order);
      const compare = numeric
        ? (a, b) => value(a, column) - value(b, column)
        : (a, b) => value(a, column).localeCompare(value(b, column), document.documentElement.lang, { numeric: true });
      rows.sort(order === "ascending" ? compare : (a, b) => compare(b, a));
      for (const day of body.querySelectorAll(".day-row")) day.remove();
      body.append(...rows);
    });
  }
}

// A drop zone is a label around a file input: dropping does what choosing does.
for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  const chosen = zone.querySelector(".chosen");
  const idle = chosen.textContent;
  const show = () => {
    chosen.textContent = input.files.length ? input.files[0].name : idle;
    if (input.files.length) zone.dispatchEvent(new CustomEvent("file:chosen", { bubbles: true }));
  };
  input.addEventListener("change", show);
  // Choosing the same file again, mended meanwhile, counts as a change too.
  input.addEventListener("click", () => (input.value = ""));
  input.addEventListener("cancel", show);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
  // A file mended in place can no longer be read under its old handle: ask for it again instead of failing silently.
  document.addEventListener("htmx:sendError", () => {
    const findings = document.getElementById("findings");
    const unreadable = document.getElementById("unreadable");
    if (!findings || !unreadable) return;
    input.value = "";
    chosen.textContent = idle;
    findings.replaceChildren(unreadable.content.cloneNode(true));
    findings.focus();
  });
}
