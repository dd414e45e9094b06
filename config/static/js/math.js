/* TeX becomes formulas where it was written, a few at a time, once its text comes near the window.
   A formula beyond a bound stays as its source, whatever it is made of: a tab dies of a thousand
   elements in each other, so they are counted before they join the page. */
"use strict";
{
  const LONGEST = 2000; // characters
  const DEEPEST = 100; // elements in each other: some twelve fractions, roots or exponents
  const MOST_ELEMENTS = 5000;
  const MOST_IN_A_TEXT = 300;
  const PATIENCE = 5000; // milliseconds for the formulas of one text
  const SLICE = 10; // milliseconds until the page may do something else
  const PRINTING = 3000; // milliseconds

  // A definition is read as often as it is used; what KaTeX defines itself is short.
  const DEFINES = /\\(?:[egx]?def|let|futurelet|global|long|(?:re|provide)?(?:newcommand|command))(?![a-zA-Z])/;
  const MOST_DEFINED = 20000; // characters

  const TOO_MUCH = "too much is in it, or too deep";

  const spent = new WeakMap();
  const waiting = new Set();
  let atOnce = 4;
  let isAsked = false;

  function isFit(root) {
    let count = 0;
    let depth = 0;
    let node = root;
    while (node) {
      count += 1;
      if (count > MOST_ELEMENTS || depth > DEEPEST) {
        return false;
      }
      if (node.firstChild) {
        node = node.firstChild;
        depth += 1;
        continue;
      }
      while (node !== root && !node.nextSibling) {
        node = node.parentNode;
        depth -= 1;
      }
      node = node === root ? null : node.nextSibling;
    }
    return true;
  }

  /* KaTeX sets some styles as attributes, which the policy forbids, and others as properties. */
  function withStylesAsProperties(build) {
    const { setAttribute } = Element.prototype;
    Element.prototype.setAttribute = function (name, value) {
      if (name === "style") {
        this.style.cssText = value;
      } else {
        setAttribute.call(this, name, value);
      }
    };
    try {
      return build();
    } finally {
      Element.prototype.setAttribute = setAttribute;
    }
  }

  /* The elements of a formula, not on the page yet; throws what is wrong with it. */
  function made(tex, isBlock) {
    if (tex.length > LONGEST) {
      throw new Error("it is too long");
    }
    const place = document.createElement("span");
    withStylesAsProperties(() =>
      katex.render(tex, place, {
        displayMode: isBlock,
        trust: false,
        strict: "ignore",
        throwOnError: true,
        maxExpand: DEFINES.test(tex) ? Math.min(100, MOST_DEFINED / tex.length) : 1000,
        maxSize: 20,
      }),
    );
    if (!isFit(place)) {
      throw new Error(TOO_MUCH);
    }
    return place.firstChild;
  }

  function leave(node, why) {
    node.classList.add("math--as-written");
    node.title = `Shown as it was written: ${why}`;
  }

  function set(node) {
    const tex = node.textContent;
    try {
      node.replaceChildren(made(tex, node.classList.contains("math--block")));
      node.dataset.tex = tex;
    } catch (error) {
      leave(node, error instanceof RangeError ? TOO_MUCH : (error.rawMessage ?? error.message));
    }
  }

  const isUnset = (node) => !node.dataset.tex && !node.classList.contains("math--as-written");
  const unsetIn = (text) => [...text.querySelectorAll(".math")].filter(isUnset);

  function setSome(text, count) {
    const nodes = unsetIn(text);
    const before = text.querySelectorAll(".math[data-tex]").length;
    const begun = performance.now();
    const used = spent.get(text) ?? 0;
    if (used > PATIENCE || before >= MOST_IN_A_TEXT) {
      nodes.forEach((node) => leave(node, "there are many formulas in this text"));
      return true;
    }
    const some = nodes.slice(0, Math.min(count, MOST_IN_A_TEXT - before));
    some.forEach(set);
    // Asking for the width has the page laid out, so that the time that takes is counted too.
    const width = text.clientWidth;
    const wide = some.filter((node) => node.dataset.tex && node.getBoundingClientRect().width > width);
    wide.forEach((node) => node.classList.add("math--wide"));
    const took = performance.now() - begun;
    spent.set(text, used + took);
    atOnce = took > SLICE ? Math.max(1, atOnce >> 1) : Math.min(64, atOnce * 2);
    return some.length === nodes.length;
  }

  const whenIdle = window.requestIdleCallback ?? ((call) => setTimeout(call, 20));

  function work() {
    isAsked = false;
    const [text] = waiting;
    if (!text) {
      return;
    }
    if (!text.isConnected || setSome(text, atOnce)) {
      waiting.delete(text);
    }
    ask();
  }

  function ask() {
    if (!isAsked && waiting.size) {
      isAsked = true;
      whenIdle(work, { timeout: 500 });
    }
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          near.unobserve(target);
          waiting.add(target);
        }
      }
      ask();
    },
    { rootMargin: "100% 0%" },
  );

  function watch(root) {
    for (const text of [root.closest?.(".prose"), ...root.querySelectorAll(".prose")]) {
      if (text?.querySelector(".math")) {
        near.observe(text);
      }
    }
  }

  // formulas.js has this script run when the page is there.
  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
  window.addEventListener("beforeprint", () => {
    const until = performance.now() + PRINTING;
    for (const text of document.querySelectorAll(".prose:has(.math)")) {
      while (performance.now() < until && !setSome(text, atOnce)) {
        continue;
      }
    }
  });
}
