/* Menus close on Escape and on a press elsewhere, and hand the focus back. */
"use strict";
{
  // A menu that was only looked at hands the focus back to what opened it.
  function close(menu, heir = ".status__more") {
    const hadFocus = menu.contains(document.activeElement);
    if (menu.matches("details")) {
      menu.open = false;
      if (hadFocus) {
        menu.querySelector("summary").focus();
      }
    } else {
      menu.replaceChildren();
      if (hadFocus) {
        menu.previousElementSibling?.querySelector(heir)?.focus();
      }
    }
  }

  function openMenus() {
    return document.querySelectorAll("details.menu[open], .row form.status-menu:not(:empty), .due form.status-menu:not(:empty)");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      openMenus().forEach((menu) => close(menu));
    }
  });

  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) {
        close(menu);
      }
    });
  });

  document.addEventListener("focusin", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });

  // All presses on a list are of one form, and so are those on the page to catch up, and each is sent with a key of its own.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.form?.matches("#press, #seen")) {
      event.detail.parameters.idempotency_key += `.${crypto.getRandomValues(new Uint32Array(2)).join(".")}`;
    }
  });

  // The statuses: the chosen one takes the focus when they open; a choice closes them.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.matches?.("form.status-menu")) {
      event.detail.elt.querySelector("[aria-pressed=true]")?.focus();
    }
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const menu = event.detail.elt.closest?.("form.status-menu");
    if (menu && event.detail.successful) {
      close(menu, ".status-pill");
    }
  });
}
