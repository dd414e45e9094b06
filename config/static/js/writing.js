/* Text that somebody is writing: kept while the page is away, sent with Ctrl+Enter. */
"use strict";
{
  const PENDING = "draft-sent";

  function keyOf(textarea) {
    return `draft:${textarea.dataset.draft || location.pathname}:${textarea.name}`;
  }

  // Storage may be full or forbidden; writing goes on without it.
  function remember(key, text) {
    try {
      if (text) {
        sessionStorage.setItem(key, text);
      } else {
        sessionStorage.removeItem(key);
      }
    } catch {
      return;
    }
  }

  function recall(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // What this page keeps of a text is newer than what the site has, or the site has nothing.
  function isNewest(textarea, key) {
    const saved = Number(textarea.form?.elements.draft?.dataset?.saved ?? 0);
    return saved ? Number(recall(`${key}:at`) ?? 0) > saved : !textarea.value;
  }

  function draftsIn(node) {
    return [...(node.matches?.("textarea[data-draft]") ? [node] : []), ...(node.querySelectorAll?.("textarea[data-draft]") ?? [])];
  }

  function restore(node) {
    for (const textarea of draftsIn(node)) {
      const draft = recall(keyOf(textarea));
      if (draft && isNewest(textarea, keyOf(textarea))) {
        textarea.value = draft;
      }
    }
  }

  // A plain form was taken if this page follows from it and has no complaint.
  function forgetWhatWasTaken() {
    const sent = JSON.parse(recall(PENDING) || "null");
    remember(PENDING, "");
    if (!sent || document.querySelector("[aria-invalid=true], .form__errors, .problem")) {
      return;
    }
    const [navigation] = performance.getEntriesByType("navigation");
    if (navigation?.type === "navigate" && document.referrer === sent.page) {
      sent.keys.forEach((key) => remember(key, ""));
    }
  }

  function keysOfThisPage() {
    return `sent:${location.pathname}${location.search}`;
  }

  // A form that one goes back to is the one that was sent: with its old key it is not taken twice.
  function recognizeWhatWasSent() {
    const [navigation] = performance.getEntriesByType("navigation");
    const sent = JSON.parse(recall(keysOfThisPage()) || "{}");
    if (navigation?.type === "back_forward") {
      for (const form of document.forms) {
        if (form.elements.idempotency_key && sent[form.action]) {
          form.elements.idempotency_key.value = sent[form.action];
        }
      }
    }
  }

  document.addEventListener("submit", (event) => {
    const key = event.target.elements.idempotency_key?.value;
    if (key && !event.defaultPrevented && !event.target.hasAttribute("hx-post")) {
      remember(keysOfThisPage(), JSON.stringify({ [event.target.action]: key }));
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-draft]")) {
      remember(keyOf(event.target), event.target.value);
      remember(`${keyOf(event.target)}:at`, String(Date.now()));
    }
  });

  // The site has it, or it is not wanted any more.
  document.addEventListener("seminar:draft", (event) => {
    draftsIn(event.target).forEach((textarea) => remember(keyOf(textarea), ""));
  });

  document.addEventListener("submit", (event) => {
    const keys = draftsIn(event.target).map(keyOf);
    if (keys.length && !event.target.hasAttribute("hx-post")) {
      remember(PENDING, JSON.stringify({ page: location.href.split("#")[0], keys }));
    }
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches?.("form")) {
      event.detail.elt.sentDrafts = draftsIn(event.detail.elt).map(keyOf);
    }
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig.elt;
    const { status } = event.detail.xhr;
    if (form.sentDrafts && status >= 200 && status < 300) {
      form.sentDrafts.forEach((key) => remember(key, ""));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => restore(event.detail.elt));
  document.addEventListener("DOMContentLoaded", () => {
    forgetWhatWasTaken();
    recognizeWhatWasSent();
    restore(document);
  });
}
