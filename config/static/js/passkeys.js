/* Forms with data-passkey ask the device before they are sent: "get" one that is there, or
   "create" one. The options are on the page (#passkey-options), or are asked for at the form's
   own address. */
"use strict";
{
  const SAID = {
    NotAllowedError: "Nothing was done: the device said no, or took too long. Try again.",
    InvalidStateError: "This device has a passkey for your account already.",
    SecurityError: "Passkeys do not work at this address. Open the page by the name of the site.",
  };

  async function optionsFor(form) {
    const onPage = document.getElementById("passkey-options");
    if (onPage) {
      return JSON.parse(onPage.textContent);
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(answer.status === 429 ? "Too many tries. Try again in a minute." : "");
    }
    return answer.json();
  }

  async function create(form, options) {
    const wanted = options.creation_options;
    const alone = form.elements.passwordless;
    if (alone) {
      const selection = wanted.publicKey.authenticatorSelection;
      selection.residentKey = alone.checked ? "required" : "discouraged";
      selection.requireResidentKey = alone.checked;
      if (alone.checked) {
        selection.userVerification = "required";
      }
    }
    return window.webauthnJSON.create(wanted);
  }

  async function ask(form) {
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      const options = await optionsFor(form);
      const credential = form.dataset.passkey === "create"
        ? await create(form, options)
        : await window.webauthnJSON.get(options.request_options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      problem.textContent = SAID[error.name] || error.message
        || "The site could not be asked. Try again in a moment.";
      problem.hidden = false;
    }
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[data-passkey-button]");
    if (!button) {
      return;
    }
    button.hidden = false;
    form.querySelector("[data-passkey-without]").hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  });
}
