// The pages work without this. It applies filters and order at once, returns the focus to what was chosen, suggests
// while somebody types, copies references, and proposes what is marked in a text as the passage to cite.
"use strict";

(() => {
  const form = document.querySelector('[data-module="search"]');
  if (!form) {
    return;
  }
  const remembered = "acervo.focus";

  const remember = (choice) => {
    try {
      sessionStorage.setItem(remembered, choice);
    } catch {
      // Storage may be switched off; the focus then starts at the top of the page.
    }
  };

  const submit = (control) => {
    remember(`${control.name}=${control.value}`);
    form.requestSubmit();
  };

  form.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (chip) {
      remember(`chip=${chip.dataset.id}`);
    }
  });

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
    const control = [...form.elements].find((one) => chosen && `${one.name}=${one.value}` === chosen) ??
      [...form.querySelectorAll(".chip")].filter((one) => `chip=${one.dataset.id}` === chosen)
        .sort((a, b) => b.checkVisibility() - a.checkVisibility())[0];
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

// A combobox with a list box: arrows choose, Enter goes there, Escape closes; Enter without a choice searches.
(() => {
  const input = document.querySelector('[data-module="search"] #q');
  const list = document.getElementById("suggestions");
  if (!input || !list) {
    return;
  }
  const waitFor = 120; // milliseconds without a key before asking
  const longest = 80; // letters; nobody waits for suggestions to more
  let timer = 0;
  let asking = null;
  let shown = [];
  let chosen = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
    if (place < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (suggestions) => {
    shown = suggestions;
    list.replaceChildren(...suggestions.map((suggestion, at) => {
      const item = document.createElement("li");
      item.id = `suggestion-${at}`;
      item.setAttribute("role", "option");
      const text = document.createElement("span");
      text.textContent = suggestion.matched ? `${suggestion.text} (${suggestion.matched})` : suggestion.text;
      const kind = document.createElement("span");
      kind.className = "suggestion-kind";
      kind.textContent = (list.dataset[suggestion.kind] ?? "") + (suggestion.count > 0 ? ` · ${suggestion.count}` : "");
      item.append(text, " ", kind);
      return item;
    }));
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  };

  const ask = async () => {
    const typed = input.value.trim();
    asking?.abort();
    if (typed.length < 2 || typed.length > longest) {
      show([]);
      return;
    }
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed, lang: document.documentElement.lang });
      const answer = await fetch(`/api/v1/suggest?${query}`, { signal: asking.signal });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch {
      // Overtaken by the next letter, or no answer: typing goes on without.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, waitFor);
  });

  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) {
      return;
    }
    const places = shown.length + 1; // the box itself is one of them
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(((chosen + 1 + (event.key === "ArrowDown" ? 1 : places - 1)) % places) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(shown[chosen].url);
    }
  });

  // The box keeps the focus, so that its blur does not close the list before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const place = [...list.children].indexOf(event.target.closest("li"));
    if (place >= 0) {
      location.assign(shown[place].url);
    }
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
})();

(() => {
  const block = document.querySelector('[data-module="copy"]');
  if (!block || !navigator.clipboard) {
    return;
  }
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("role", "status");
  block.after(said);
  for (const reference of block.querySelectorAll(".citation")) {
    const label = reference.previousElementSibling;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = block.dataset.copy;
    button.setAttribute("aria-label", `${block.dataset.copy}: ${label.textContent}`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(reference.textContent.trim());
        said.textContent = `${block.dataset.copied}: ${reference.dataset.style}`;
      } catch {
        // Not allowed here: one click on the reference selects it whole.
      }
    });
    label.append(" ", button);
  }
})();

// What is marked in a page's text is proposed as the passage to cite.
(() => {
  const form = document.querySelector('[data-module="quote"]');
  const text = document.querySelector(".page-text");
  if (!form || !text) {
    return;
  }
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.isCollapsed || !text.contains(selection.anchorNode) ? "" : selection.toString().trim();
    if (words.length >= 3 && words.length <= form.elements.quote.maxLength) {
      form.elements.quote.value = words;
      form.closest("details").open = true;
    }
  });
})();
