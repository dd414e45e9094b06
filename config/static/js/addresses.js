/* What asks for its own address says it once: an empty hx-get or hx-post stands for it. */
"use strict";
{
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, verb } = event.detail;
    if (elt.getAttribute(`hx-${verb}`) === "") {
      event.detail.path = elt.getAttribute("href") ?? elt.getAttribute("formaction");
    }
  });
}
