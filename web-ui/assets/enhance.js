// The pages work without this. It applies filters and order at once, and returns the focus to what was chosen.
"use strict";

(() => {
  const form = document.querySelector('[data-module="search"]');
  if (!form) {
    return;
  }
  const remembered = "acervo.focus";

  const submit = (control) => {
    try {
      sessionStorage.setItem(remembered, `${control.name}=${control.value}`);
    } catch {
      // Storage may be switched off; the focus then starts at the top of the page.
    }
    form.requestSubmit();
  };

  form.addEventListener("change", (event) => {
    if (event.target.matches('input[type="checkbox"], select')) {
      submit(event.target);
    }
  });

  // Empty fields make long addresses.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "" || (name === "sort" && value === "relevance" && form.elements.q.value !== "")) {
        event.formData.delete(name);
      }
    }
  });

  for (const hint of form.querySelectorAll("[data-live]")) {
    hint.hidden = false;
  }
  document.documentElement.classList.add("enhanced");

  try {
    const chosen = sessionStorage.getItem(remembered);
    sessionStorage.removeItem(remembered);
    const control = [...form.elements].find((one) => chosen && `${one.name}=${one.value}` === chosen);
    if (control) {
      const details = control.closest("details");
      if (details) {
        details.open = true;
      }
      control.focus({ preventScroll: false });
    }
  } catch {
    // As above.
  }
})();
