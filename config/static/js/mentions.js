/* Members are offered while one types `@` in a comment, papers while one types `#` or `[[`; without
   scripts one types the handle, or the title in double brackets.

   The field stays what it is, a text of several lines with the focus in it: a combobox has one. */
"use strict";
{
  // As the renderer reads it: an `@` within a word, a path or an email address calls on no one. A
  // `#` before a number or a blank means something else.
  const TYPED = {
    mentions: /(?:^|[^\p{L}\p{N}_@/.+-])(@)([\p{L}\p{M}\p{N}_-]{0,40})$/u,
    papers: /(\[\[|(?<![\p{L}\p{N}_&#/])#(?=\p{L}))((?:(?!\[\[|\]\]|#)[^\n]){0,60})$/u,
  };
  const LONGEST = 70;
  const PAUSE = 120;
  // What decides where a line of a text breaks.
  const OF_THE_TEXT = [
    "boxSizing", "width", "padding", "border", "direction", "font", "letterSpacing", "wordSpacing", "lineHeight", "tabSize",
    "textAlign", "textIndent", "textTransform",
  ];
  const answers = new Map();
  let offer = null;
  let dismissed = null;
  let turn = 0;

  function isWritten(element) {
    return Boolean(element?.matches?.("[data-mentions] textarea[name=source]"));
  }

  function isInCode(text) {
    const fences = text.match(/^ {0,3}(?:```|~~~)/gm) ?? [];
    const ticks = text.slice(text.lastIndexOf("\n") + 1).match(/`/g) ?? [];
    return fences.length % 2 === 1 || ticks.length % 2 === 1;
  }

  // The handle, name or title that is being typed where the caret is, and where its sign is.
  function typedIn(textarea) {
    const caret = textarea.selectionStart;
    const before = textarea.value.slice(0, caret);
    if (caret !== textarea.selectionEnd || isInCode(before)) {
      return null;
    }
    for (const [kind, typed] of Object.entries(TYPED)) {
      const found = textarea.form.dataset[kind] && typed.exec(before.slice(-LONGEST));
      if (found) {
        return { kind, words: found[2], start: caret - found[1].length - found[2].length };
      }
    }
    return null;
  }

  // The region that reads out how many there are has to be there before it is filled.
  function prepare(textarea) {
    if (!textarea.hasAttribute("aria-haspopup")) {
      textarea.setAttribute("aria-haspopup", "listbox");
      textarea.setAttribute("aria-autocomplete", "list");
      const region = document.createElement("div");
      region.className = "visually-hidden";
      region.setAttribute("role", "status");
      region.dataset.mentionsSaid = "";
      textarea.form.append(region);
    }
  }

  function say(textarea, words) {
    const region = textarea.form?.querySelector("[data-mentions-said]");
    if (region && region.textContent !== words) {
      region.textContent = words;
    }
  }

  // Offline, or signed out meanwhile: nobody is offered, and writing goes on.
  async function offeredAt(address) {
    if (!answers.has(address)) {
      try {
        const response = await fetch(address, { redirect: "manual" });
        if (!response.ok) {
          return "";
        }
        answers.set(address, await response.text());
      } catch {
        return "";
      }
    }
    return answers.get(address);
  }

  async function look(textarea) {
    turn += 1;
    const mine = turn;
    const typed = typedIn(textarea);
    if (typed?.start !== dismissed) {
      dismissed = null;
    }
    if (!typed || dismissed !== null) {
      close();
      return;
    }
    const address = `${textarea.form.dataset[typed.kind]}?typed=${encodeURIComponent(typed.words.toLowerCase())}`;
    if (!answers.has(address)) {
      await new Promise((done) => setTimeout(done, PAUSE));
    }
    const offered = mine === turn && (await offeredAt(address));
    if (mine === turn && document.activeElement === textarea) {
      show(textarea, typed.start, offered);
    }
  }

  function show(textarea, start, offered) {
    const answer = new DOMParser().parseFromString(offered, "text/html");
    const list = answer.querySelector("[role=listbox]");
    const said = list?.dataset.said ?? "";
    const isAbove = offer?.start === start && offer.isAbove;
    close();
    say(textarea, said);
    if (list?.children.length) {
      offer = { textarea, list, start, caret: textarea.selectionStart, isAbove };
      textarea.form.append(list);
      textarea.setAttribute("aria-controls", list.id);
      activate(list.firstElementChild);
      place();
    }
  }

  function close() {
    if (offer) {
      offer.list.remove();
      offer.textarea.removeAttribute("aria-controls");
      offer.textarea.removeAttribute("aria-activedescendant");
      say(offer.textarea, "");
      offer = null;
    }
  }

  function activate(option) {
    for (const other of offer.list.children) {
      other.setAttribute("aria-selected", String(other === option));
    }
    offer.textarea.setAttribute("aria-activedescendant", option.id);
    offer.list.scrollTop = Math.min(offer.list.scrollTop, option.offsetTop);
    offer.list.scrollTop = Math.max(offer.list.scrollTop, option.offsetTop + option.offsetHeight - offer.list.clientHeight);
  }

  function step(by) {
    const options = [...offer.list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    activate(options[(at + by + options.length) % options.length]);
  }

  // Written as typing writes it, so that it can be undone.
  function take(option) {
    const { textarea, start } = offer;
    const end = textarea.selectionStart;
    const text = `${option.dataset.text}${textarea.value[end] === " " ? "" : " "}`;
    close();
    textarea.focus();
    textarea.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      textarea.setRangeText(text, start, end, "end");
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // Where the `@` is seen: the text is set once more in a box like its field, and measured there.
  function placeOf(textarea, start) {
    const box = document.createElement("div");
    const sign = document.createElement("span");
    const style = getComputedStyle(textarea);
    box.className = "mentionable-measure";
    OF_THE_TEXT.forEach((name) => {
      box.style[name] = style[name];
    });
    sign.textContent = textarea.value[start];
    box.append(textarea.value.slice(0, start), sign, textarea.value.slice(start + 1));
    textarea.form.append(box);
    const from = box.getBoundingClientRect();
    const at = sign.getBoundingClientRect();
    const field = textarea.getBoundingClientRect();
    box.remove();
    const top = field.top + at.top - from.top - textarea.scrollTop;
    const left = field.left + at.left - from.left;
    return {
      top: Math.min(Math.max(top, field.top), field.bottom - at.height),
      bottom: Math.min(Math.max(top + at.height, field.top + at.height), field.bottom),
      left: style.direction === "rtl" ? left + at.width - offer.list.offsetWidth : left,
      field,
    };
  }

  // Below its line, or above it where there is more room, and then it stays there while one types.
  function place() {
    const { textarea, list, start } = offer;
    const form = textarea.form.getBoundingClientRect();
    const tabs = document.querySelector(".tabs");
    const screen = visualViewport;
    list.style.maxInlineSize = `${textarea.offsetWidth}px`;
    list.style.maxBlockSize = "";
    const { top, bottom, left, field } = placeOf(textarea, start);
    const floor = Math.min(screen.offsetTop + screen.height, tabs?.offsetHeight ? tabs.getBoundingClientRect().top : Infinity);
    const below = floor - bottom - 8;
    const above = top - screen.offsetTop - 8;
    offer.isAbove ||= list.offsetHeight > below && above > below;
    if (list.offsetHeight > Math.max(below, above)) {
      list.style.maxBlockSize = `${Math.max(below, above, 96)}px`;
    }
    const y = offer.isAbove ? top - 4 - list.offsetHeight : bottom + 4;
    const x = Math.max(field.left, Math.min(left, field.right - list.offsetWidth));
    list.style.top = `${y - form.top - textarea.form.clientTop}px`;
    list.style.left = `${x - form.left - textarea.form.clientLeft}px`;
  }

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => take(offer.list.querySelector("[aria-selected=true]")),
    Tab: () => take(offer.list.querySelector("[aria-selected=true]")),
    Escape: () => {
      dismissed = offer.start;
      close();
    },
  };

  // Before the others hear of the key, which then means nothing to them.
  document.addEventListener(
    "keydown",
    (event) => {
      const isPlain = !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (offer?.textarea === event.target && isPlain && Object.hasOwn(KEYS, event.key)) {
        event.preventDefault();
        event.stopPropagation();
        KEYS[event.key]();
      }
    },
    true,
  );

  document.addEventListener("input", (event) => {
    if (isWritten(event.target)) {
      prepare(event.target);
      if (offer) {
        offer.caret = event.target.selectionStart;
      }
      look(event.target);
    }
  });

  // The caret was moved elsewhere.
  document.addEventListener("selectionchange", () => {
    if (offer && offer.textarea.selectionStart !== offer.caret) {
      close();
    }
  });

  document.addEventListener("focusin", (event) => {
    if (isWritten(event.target)) {
      dismissed = null;
      prepare(event.target);
    }
  });

  document.addEventListener("focusout", close);
  document.addEventListener("submit", close);

  // A press on the list leaves the focus in the text.
  document.addEventListener("mousedown", (event) => {
    if (offer?.list.contains(event.target)) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    const option = offer?.list.contains(event.target) && event.target.closest("[role=option]");
    if (option) {
      take(option);
    }
  });

  document.addEventListener("pointermove", (event) => {
    const option = offer?.list.contains(event.target) && event.target.closest("[role=option]");
    if (option && event.pointerType === "mouse") {
      activate(option);
    }
  });

  document.addEventListener(
    "scroll",
    (event) => {
      if (offer?.textarea === event.target) {
        place();
      }
    },
    true,
  );

  visualViewport.addEventListener("resize", () => {
    if (offer) {
      place();
    }
  });

  // A field that had the focus before this script came.
  document.addEventListener("DOMContentLoaded", () => {
    if (isWritten(document.activeElement)) {
      prepare(document.activeElement);
    }
  });
}
