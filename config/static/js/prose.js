/* Blocks that are wider than their column scroll; a keyboard must be able to reach them. */
"use strict";
{
  function reach(root) {
    for (const block of root.querySelectorAll(".prose pre, .prose table, .math--block")) {
      if (block.scrollWidth > block.clientWidth) {
        block.tabIndex = 0;
      }
    }
  }

  window.addEventListener("load", () => reach(document));
  document.addEventListener("htmx:afterSettle", (event) => reach(event.detail.elt));
}
