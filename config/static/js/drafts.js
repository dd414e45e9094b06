/* What somebody writes is kept by the site while they type, for their other devices and for later.
   Until the site has it, it is kept by the page, see writing.js. Without scripts a button does it. */
"use strict";
{
  const PAUSE = 2000; // milliseconds without a key; of long texts longer, so that less is sent
  const FIELDS = ["title", "quotation", "source"];
  const MOST_AT_THE_END = 15000; // characters that can be sent while the page goes away
  const waiting = new Map(); // by form: the timer
  const sending = new Map(); // by form: what aborts it

  function fieldsOf(form) {
    return FIELDS.map((name) => form.elements[name]).filter((field) => field?.value !== undefined);
  }

  function place(form) {
    return form?.dataset.drafts ? form.elements.draft : null;
  }

  function stop(form) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    sending.get(form)?.abort();
    sending.delete(form);
  }

  async function save(form, isLast = false) {
    stop(form);
    const said = fieldsOf(form);
    const texts = said.map((field) => field.value);
    const body = new FormData();
    said.forEach((field) => body.append(field.name, field.value));
    body.append("draft", place(form).value);
    body.append("form", form.elements.idempotency_key?.value ?? "");
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const abort = new AbortController();
    sending.set(form, abort);
    try {
      const answer = await fetch(form.dataset.drafts, {
        method: "POST",
        body,
        headers: { "HX-Request": "true" },
        signal: isLast ? undefined : abort.signal,
        keepalive: isLast && texts.join("").length < MOST_AT_THE_END,
      });
      if (answer.ok && said.every((field, n) => field.value === texts[n])) {
        form.dispatchEvent(new CustomEvent("seminar:draft", { bubbles: true }));
      }
    } catch {
      // Away from the net, or sent: the page has it still, and the next key tries again.
    } finally {
      sending.delete(form);
    }
  }

  document.addEventListener("input", (event) => {
    const { form } = event.target;
    if (place(form) && FIELDS.includes(event.target.name)) {
      clearTimeout(waiting.get(form));
      const length = fieldsOf(form).reduce((sum, field) => sum + field.value.length, 0);
      waiting.set(form, setTimeout(() => save(form), Math.max(PAUSE, length)));
    }
  });

  // What is sent is no draft any more; the site does not take one from a form that was sent.
  document.addEventListener("submit", (event) => {
    if (place(event.target)) {
      stop(event.target);
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (place(event.detail.elt)) {
      stop(event.detail.elt);
    }
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      [...waiting.keys()].filter((form) => form.isConnected).forEach((form) => save(form, true));
    }
  });

  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-discards]") && event.target.closest(".draft").parentElement.closest("form");
    if (form) {
      stop(form);
      form.dispatchEvent(new CustomEvent("seminar:draft", { bubbles: true }));
    }
  });
}
