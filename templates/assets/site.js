/* The one script of every page: fetches search when it is first wanted, and opens folders on disk. */
(() => {
  "use strict";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-search]"));
  let loaded = false;
  const load = () => {
    if (loaded || !form) return;
    loaded = true;
    const script = document.createElement("script");
    script.src = `${form.dataset.root}assets/search.js`;
    document.head.append(script);
  };
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "search") load();
  });
  if (document.body.dataset.kind === "search") load();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !form) return;
    const at = document.activeElement;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    event.preventDefault();
    /** @type {HTMLInputElement} */ (document.querySelector("main input[type=search]") || form.elements.namedItem("q")).focus();
  });
  if (location.protocol !== "file:") return;
  /* A folder opened from disk shows a listing: name its page. */
  const mend = () => {
    for (const element of document.querySelectorAll("a, form"))
      for (const name of ["href", "xlink:href", "action"]) {
        const address = element.getAttribute(name);
        if (!address || /^(\/\/|#|[a-z][a-z0-9+.-]*:)/i.test(address)) continue;
        const made = address.replace(/^([^?#]*\/)(?=$|[?#])/, "$1index.html");
        if (made !== address) element.setAttribute(name, made);
      }
  };
  mend();
  const moved = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-kind=redirect] a"));
  if (moved) location.replace(moved.href);
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
})();
