/* Quote in a reply: what is selected of the comment, or all of it. Without scripts a link opens the
   reply with all of it. */
"use strict";
{
  const RECENT = 10000; // milliseconds from a press on Reply until its form is there
  let kept = null; // the comment of which something was selected, what, and when

  // Formulas are what was written for them, and a line of the page is a line of the quotation.
  function textOf(range) {
    const part = document.createElement("div");
    part.append(range.cloneContents());
    part.querySelectorAll(".math").forEach((node) => {
      const mark = node.classList.contains("math--block") ? "$$" : "$";
      node.replaceWith(`${mark}${node.dataset.tex ?? node.textContent}${mark}`);
    });
    part.querySelectorAll("br").forEach((node) => node.replaceWith("\n"));
    part.querySelectorAll("p, li, pre, blockquote, h1, h2, h3, h4, h5, h6, tr").forEach((node) => node.append("\n\n"));
    return part.textContent.replace(/\n{3,}/g, "\n\n").trim();
  }

  function selectedIn(comment) {
    const selection = getSelection();
    const text = document.getElementById(`comment-${comment}-text`);
    if (!text || !selection.rangeCount || selection.isCollapsed) {
      return "";
    }
    const range = selection.getRangeAt(0);
    return text.contains(range.commonAncestorContainer) ? textOf(range) : "";
  }

  function asQuotation(text) {
    const lines = text.split("\n").map((line) => ("> " + line).trimEnd());
    return lines.join("\n") + "\n\n";
  }

  function insert(field, quotation) {
    const before = field.value.trimEnd();
    field.value = before ? `${before}\n\n${quotation}` : quotation;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function commentOf(target) {
    const link = target.closest?.("a[data-quotes], a[id^=reply-]");
    return link ? link.dataset.quotes ?? link.id.slice("reply-".length) : null;
  }

  // A press takes the selection away before it is a click.
  function keep(event) {
    const comment = commentOf(event.target);
    const text = comment && selectedIn(comment);
    if (text) {
      kept = { comment, text, at: performance.now() };
    }
  }

  function take(comment) {
    const found = kept?.comment === comment && performance.now() - kept.at < RECENT ? kept.text : "";
    kept = null;
    return found;
  }

  document.addEventListener("pointerdown", keep);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      keep(event);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-quotes]");
    const field = link?.closest("form")?.querySelector("textarea[name=source]");
    if (field && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const text = selectedIn(link.dataset.quotes) || take(link.dataset.quotes);
      insert(field, text ? asQuotation(text) : link.dataset.quotation);
    }
  });

  // The form of a reply that was just opened.
  document.addEventListener("htmx:afterSettle", (event) => {
    const link = event.detail.elt.querySelector?.("a[data-quotes]");
    const field = link?.closest("form").querySelector("textarea[name=source]");
    const text = field && take(link.dataset.quotes);
    if (text) {
      insert(field, asQuotation(text));
    }
  });
}
