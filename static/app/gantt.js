"use strict";
// The time axis: zoom by width, and a service under the pointer shows its window.

(() => {
  const chart = document.querySelector(".gantt");
  if (!chart) return;
  for (const button of document.querySelectorAll("[data-zoom-to]")) {
    button.addEventListener("click", () => {
      const scroller = chart.parentElement;
      const middle = (scroller.scrollLeft + scroller.clientWidth / 2) / scroller.scrollWidth;
      chart.dataset.zoom = button.dataset.zoomTo;
      for (const other of document.querySelectorAll("[data-zoom-to]")) other.setAttribute("aria-pressed", String(other === button));
      scroller.scrollLeft = middle * scroller.scrollWidth - scroller.clientWidth / 2;
    });
  }
  chart.addEventListener("pointerover", (event) => {
    const bar = event.target.closest("rect[data-window]");
    for (const old of chart.querySelectorAll(".window")) old.remove();
    if (!bar) return;
    const [from, to] = bar.dataset.window.split(" ").map(Number);
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
    mark.setAttribute("class", "window");
    mark.setAttribute("d", `M${from} 1V28M${from} 26H${to}M${to} 1V28`);
    bar.parentElement.append(mark);
  });
})();
