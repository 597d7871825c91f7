"use strict";
// Which trips are ticked. The URL carries it (?trips=1-4,9), tabs take it along, and map and time axis listen.

(() => {
  const boxes = [...document.querySelectorAll("input[data-trip]")];
  if (!boxes.length) return;
  const all = document.querySelector("input[data-all-trips]");
  const number = (box) => Number(box.dataset.trip);

  const ranges = (numbers) => {
    const parts = [];
    for (const value of numbers) {
      const last = parts.at(-1);
      if (last && value === last[1] + 1) last[1] = value;
      else parts.push([value, value]);
    }
    return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",") || "none";
  };

  function tell() {
    const ticked = boxes.filter((box) => box.checked).map(number);
    if (all) {
      all.checked = ticked.length === boxes.length;
      all.indeterminate = ticked.length > 0 && !all.checked;
    }
    const value = ranges(ticked);
    const here = new URL(location);
    here.searchParams.set("trips", value);
    history.replaceState(null, "", here);
    for (const link of document.querySelectorAll("a[data-keep-trips]")) {
      const target = new URL(link.href);
      target.searchParams.set("trips", value);
      link.href = target;
    }
    for (const drawing of document.querySelectorAll("[data-dims-trip]")) {
      drawing.toggleAttribute("data-off", !ticked.includes(Number(drawing.dataset.dimsTrip)));
    }
    const counter = document.querySelector("[data-ticked]");
    if (counter) counter.textContent = ticked.length;
    document.dispatchEvent(new CustomEvent("trips:change", { detail: new Set(ticked) }));
  }

  document.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    if (event.target === all || boxes.includes(event.target)) tell();
  });

  // Shift-click ticks a range; a double click on a tick leaves only that trip.
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("input[data-trip]");
    if (!box) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      tell();
    }
    last = box;
  });
  document.addEventListener("dblclick", (event) => {
    const box = event.target.closest?.("input[data-trip]");
    if (!box) return;
    for (const other of boxes) other.checked = other === box;
    tell();
  });

  document.addEventListener("DOMContentLoaded", tell);
})();
