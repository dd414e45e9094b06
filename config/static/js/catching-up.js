/* Catch up by single keys, which count only while the focus is in one of the threads. */
"use strict";
{
  const THREAD = "[data-catch-up] > section";

  function go(thread) {
    thread?.querySelector("h2").focus();
    thread?.scrollIntoView({ block: "start" });
  }

  // The next thread that still waits, or the one before; those that were seen are lines.
  function beside(thread, step) {
    const threads = [...document.querySelectorAll(THREAD)];
    return threads[threads.indexOf(thread) + step];
  }

  const KEYS = {
    j: (thread) => go(beside(thread, 1)),
    k: (thread) => go(beside(thread, -1)),
    n: (thread) => thread.querySelector("[data-seen]").click(),
    r: (thread) => (thread.querySelector("[id^=reply-]") ?? thread.querySelector(".thread__foot a"))?.click(),
  };

  document.addEventListener("keydown", (event) => {
    const thread = event.target.closest?.(THREAD);
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (thread && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key](thread);
    }
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const thread = event.detail.target.closest?.(THREAD);
    if (thread === event.detail.target) {
      const next = beside(thread, 1) ?? beside(thread, -1);
      setTimeout(() => (next ? go(next) : document.querySelector(".catch-up__foot button, .catch-up a")?.focus()));
    }
  });

  // Who comes by the keyboard is told of the keys, and begins at the first thread.
  const help = document.querySelector("[data-catch-up-keys]");
  if (help) {
    help.hidden = false;
  }
}
