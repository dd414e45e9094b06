/* What sets formulas is fetched when there is one on the page. */
"use strict";
{
  const source = document.querySelector("meta[name=formulas]");
  let isFetched = false;

  function fetchFor(root) {
    if (isFetched || !source || !root.querySelector(".math")) {
      return;
    }
    isFetched = true;
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = source.dataset.styles;
    // The script measures what it sets, so it comes after the styles.
    styles.addEventListener("load", () => {
      const script = document.createElement("script");
      script.src = source.content;
      document.head.append(script);
    });
    document.head.append(styles);
  }

  fetchFor(document);
  document.addEventListener("htmx:load", (event) => fetchFor(event.detail.elt));
}
