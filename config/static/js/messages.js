/* What one must be told when an answer does not come, or is not the one that was asked for. */
"use strict";
{
  const UNREACHABLE = "Could not reach the server. Nothing was lost: your text is still here. Try again.";
  const UNEXPECTED = "The server could not do this. Nothing was lost: your text is still here. Try again.";

  function say(sentence) {
    const region = document.getElementById("messages");
    const message = document.createElement("div");
    message.id = "problem";
    message.className = "message message--error";
    const text = document.createElement("p");
    text.className = "message__text";
    text.textContent = sentence;
    message.append(text);
    region.replaceChildren(message);
    show(region);
  }

  function show(region) {
    if (region.getBoundingClientRect().top < 0) {
      region.scrollIntoView({ block: "start" });
    }
  }

  document.addEventListener("htmx:sendError", () => say(UNREACHABLE));
  document.addEventListener("htmx:timeout", () => say(UNREACHABLE));

  // An error is shown by the part of its page that is called #problem; a bare piece is shown whole.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { isError, serverResponse } = event.detail;
    if (!isError || /id="problem"/.test(serverResponse)) {
      return;
    }
    if (!serverResponse || /<html/i.test(serverResponse)) {
      event.detail.shouldSwap = false;
      say(UNEXPECTED);
    } else {
      event.detail.selectOverride = "unset";
    }
  });

  document.addEventListener("htmx:responseError", () => show(document.getElementById("messages")));

  // A form that came back with its errors takes the focus to the first of them.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.xhr?.status === 422) {
      const swapped = event.detail.elt;
      (swapped.matches("[aria-invalid=true]") ? swapped : swapped.querySelector("[aria-invalid=true]"))?.focus();
    }
  });

  // What was said about the last press is over with the next one that succeeds.
  document.addEventListener("htmx:beforeRequest", () => document.querySelector("#messages > #problem")?.remove());
}
