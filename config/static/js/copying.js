/* Buttons that copy a text of the page; without scripts one selects it. */
"use strict";
{
  async function copy(button) {
    const text = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.querySelector("[data-said]").textContent = "Copied";
    } catch {
      // Forbidden, or not of a safe address: the text is selected, for the keys that copy.
      getSelection().selectAllChildren(text);
      button.querySelector("[data-said]").textContent = "Selected: press Ctrl+C";
    }
  }

  // Without scripts there are no buttons that would do nothing.
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("button[data-copies]").forEach((button) => {
      button.hidden = false;
    });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copies]");
    if (button) {
      copy(button);
    }
  });
}
