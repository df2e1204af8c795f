/* Small comforts on top of pages that work without them. No dependencies, no inline code:
   everything hangs on attributes in the HTML.

   data-error-summary     gets the focus when the page opens
   data-list              gets the focus when what was clicked is gone after a swap
   data-search            the "/" key puts the cursor here
   table[data-rows]       j and k walk the rows, Enter opens; data-rows names the list
   tr[data-row-id]        the row last opened is marked and scrolled to on return
   form[data-keep]        what was typed last is sent to this address when the page is left
   form[data-resubmit]    may be sent more than once (downloads); every other form only once
   data-shortcuts         button that switches the letter keys off and on (WCAG 2.1.4), kept per browser
   details.baken-menu     closes on Escape and on a click elsewhere */
(function () {
  "use strict";

  const ROW_KEY = "baken.row.";
  const KEYS_OFF = "baken.shortcuts.off";

  /* Storage may be switched off; the page then works without the memory. */
  function stored(storage, key, value) {
    try {
      if (value !== undefined) window[storage].setItem(key, value);
      return window[storage].getItem(key);
    } catch (_) {
      return null;
    }
  }

  function focusErrorSummary(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  /* A filter taken away, a page turned: whoever works by keyboard goes on at the list, from its top. */
  function focusList(root) {
    const list = document.activeElement === document.body && root.querySelector("[data-list]");
    if (!list) return;
    list.focus({ preventScroll: true });
    if (list.getBoundingClientRect().top < 0) list.scrollIntoView();
  }

  /* A page may be shown again from the browser's memory: nothing may still look busy then. */
  function resetForms() {
    for (const form of document.querySelectorAll("form[data-submitted]")) {
      form.removeAttribute("data-submitted");
      for (const button of form.querySelectorAll("[type=submit], button")) {
        button.classList.remove("utrecht-button--busy");
        button.removeAttribute("aria-disabled");
      }
    }
  }

  /* The button is marked, not disabled: a disabled button would not send its own name and value. */
  function submitOnce(event) {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("data-resubmit") || form.method === "get") return undefined;
    if (form.hasAttribute("data-submitted")) return event.preventDefault();
    form.setAttribute("data-submitted", "");
    window.setTimeout(resetForms, 8000); /* the page is still here: the sending was stopped */
    const button = event.submitter;
    if (!button) return undefined;
    button.setAttribute("aria-disabled", "true");
    if (button.matches(".utrecht-button")) button.classList.add("utrecht-button--busy");
    return undefined;
  }

  /* Who leaves within the second before the next autosave takes the last words along. */
  function keepDrafts() {
    if (document.visibilityState !== "hidden") return;
    for (const form of document.querySelectorAll("form[data-keep][data-touched]:not([data-submitted])")) {
      fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } });
    }
  }

  function rowsOf(table) {
    return Array.from(table.querySelectorAll("tbody tr[data-row-id]"));
  }

  function markRow(table, row) {
    for (const other of rowsOf(table)) other.classList.toggle("baken-row--last", other === row);
  }

  function returnToRow() {
    for (const table of document.querySelectorAll("table[data-rows]")) {
      const id = stored("sessionStorage", ROW_KEY + table.dataset.rows);
      const row = id && rowsOf(table).find((candidate) => candidate.dataset.rowId === id);
      if (!row) continue;
      markRow(table, row);
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function moveRow(step) {
    const table = document.querySelector("table[data-rows]");
    if (!table) return false;
    const rows = rowsOf(table);
    const here = document.activeElement.closest("tr[data-row-id]") || table.querySelector(".baken-row--last");
    const next = rows[here ? rows.indexOf(here) + step : 0];
    const link = next && next.querySelector("a[href]");
    if (!link) return false;
    link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function focusSearch() {
    const field = document.querySelector("[data-search]");
    if (!field) return false;
    field.focus();
    return true;
  }

  const KEYS = { __proto__: null, "/": focusSearch, j: () => moveRow(1), k: () => moveRow(-1) };

  function showShortcuts() {
    const on = stored("localStorage", KEYS_OFF) !== "1";
    for (const button of document.querySelectorAll("[data-shortcuts]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(on));
    }
  }

  function toggleShortcuts() {
    stored("localStorage", KEYS_OFF, stored("localStorage", KEYS_OFF) === "1" ? "0" : "1");
    showShortcuts();
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.baken-menu[open]")) {
      if (except && menu.contains(except)) continue;
      const hadFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (hadFocus && !except) menu.querySelector("summary").focus();
    }
  }

  function onKey(event) {
    if (event.key === "Escape") return closeMenus(null);
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return undefined;
    const action = stored("localStorage", KEYS_OFF) === "1" ? null : KEYS[event.key];
    return action && action() ? event.preventDefault() : undefined;
  }

  function onClick(event) {
    closeMenus(event.target);
    if (event.target.closest("[data-shortcuts]")) toggleShortcuts();
    const row = event.target.closest("a[href]") && event.target.closest("tr[data-row-id]");
    const table = row && row.closest("table[data-rows]");
    if (table) {
      stored("sessionStorage", ROW_KEY + table.dataset.rows, row.dataset.rowId);
      markRow(table, row);
    }
  }

  document.addEventListener("submit", submitOnce);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("visibilitychange", keepDrafts);
  document.addEventListener("input", (event) => event.target.form?.setAttribute("data-touched", ""));
  document.addEventListener("htmx:afterSettle", (event) => {
    focusErrorSummary(event.target);
    if (event.target.querySelector("table[data-rows]")) returnToRow();
    focusList(event.target);
  });
  window.addEventListener("pageshow", () => {
    resetForms();
    showShortcuts();
    focusErrorSummary(document);
    returnToRow();
  });
})();
