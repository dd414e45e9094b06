/* TeX becomes formulas where it was written; the source stays on the node. */
"use strict";
{
  function setIn(root) {
    const nodes = [...(root.matches?.(".math") ? [root] : []), ...root.querySelectorAll(".math")];
    for (const node of nodes) {
      if (node.querySelector(".katex")) {
        continue;
      }
      node.dataset.tex ??= node.textContent;
      katex.render(node.dataset.tex, node, {
        displayMode: node.classList.contains("math--block"),
        trust: false,
        throwOnError: false,
        maxExpand: 100,
        maxSize: 20,
      });
    }
  }

  document.addEventListener("DOMContentLoaded", () => setIn(document));
  document.addEventListener("htmx:afterSettle", (event) => setIn(event.detail.elt));
}
