/* Lists pasted from a web page or a rich editor: the server makes Markdown of them, with their links. */
"use strict";
{
  const WORTH_IT = /<(?:li|tr|a|h[1-6]|dt)\b/i;
  const LARGEST = 2_000_000;
  const waiting = new Set();

  // The text is replaced as if it was typed, so that it can be undone and the draft is kept.
  function replace(textarea, start, end, text) {
    textarea.focus();
    textarea.setSelectionRange(start, end);
    if (!document.execCommand?.("insertText", false, text)) {
      textarea.setRangeText(text, start, end, "end");
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  async function convert(textarea, html, plain, start) {
    const body = new FormData();
    body.append("html", html);
    body.append("csrfmiddlewaretoken", textarea.form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(textarea.dataset.pasteUrl, { method: "POST", body });
    const text = answer.ok ? await answer.text() : "";
    const end = start + plain.length;
    if (text.trim() && textarea.value.slice(start, end) === plain) {
      replace(textarea, start, end, text);
    }
  }

  document.addEventListener("paste", (event) => {
    const textarea = event.target;
    if (!textarea.matches?.("textarea[data-paste-url]")) {
      return;
    }
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    if (!WORTH_IT.test(html) || html.length > LARGEST) {
      return;
    }
    event.preventDefault();
    const start = textarea.selectionStart;
    replace(textarea, start, textarea.selectionEnd, plain);
    const job = convert(textarea, html, plain, start)
      .catch(() => undefined)
      .finally(() => waiting.delete(job));
    waiting.add(job);
  });

  // A list that is sent while it is still being made is sent when it is ready.
  document.addEventListener(
    "submit",
    (event) => {
      if (waiting.size && event.target.querySelector("textarea[data-paste-url]")) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const { target, submitter } = event;
        Promise.all(waiting).then(() => target.requestSubmit(submitter));
      }
    },
    true,
  );
}
