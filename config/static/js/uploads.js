/* Files are weighed before they are sent. */
"use strict";
{
  function inWords(bytes) {
    return bytes >= 1024 * 1024
      ? `${(bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "")} MB`
      : `${Math.ceil(bytes / 1024)} KB`;
  }

  function sentenceFor(input) {
    const limit = Number(input.dataset.maxBytes);
    const tooLarge = [...input.files].find((file) => file.size > limit);
    return tooLarge ? `“${tooLarge.name}” has ${inWords(tooLarge.size)}. The largest file is ${inWords(limit)}.` : "";
  }

  // The sentence is where the server's own would be.
  function weigh(input) {
    const sentence = sentenceFor(input);
    const id = `${input.id}_error`;
    let errors = document.getElementById(id);
    if (!sentence) {
      if (errors?.hasAttribute("data-weighed")) {
        errors.remove();
        input.removeAttribute("aria-invalid");
      }
      return true;
    }
    if (!errors) {
      errors = document.createElement("div");
      errors.id = id;
      errors.className = "field__errors";
      errors.setAttribute("role", "alert");
      input.after(errors);
    }
    errors.setAttribute("data-weighed", "");
    const text = document.createElement("p");
    text.textContent = sentence;
    errors.replaceChildren(text);
    input.setAttribute("aria-invalid", "true");
    const described = new Set((input.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    input.setAttribute("aria-describedby", [...described.add(id)].join(" "));
    return false;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-max-bytes]")) {
      weigh(event.target);
    }
  });

  // Ahead of everything else that listens to a form being sent.
  document.addEventListener(
    "submit",
    (event) => {
      const tooLarge = [...event.target.querySelectorAll("input[type=file][data-max-bytes]")].filter((input) => !weigh(input));
      if (tooLarge.length) {
        event.preventDefault();
        event.stopImmediatePropagation();
        tooLarge[0].focus();
      }
    },
    true,
  );
}
