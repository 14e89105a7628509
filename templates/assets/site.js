/* The one script of every page: fetches search when it is first wanted, and opens folders on disk. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-search]");
  var loaded = false;
  function load() {
    if (loaded || !form) return;
    loaded = true;
    var script = document.createElement("script");
    script.src = form.getAttribute("data-root") + "assets/search.js";
    document.head.appendChild(script);
  }
  document.addEventListener("focusin", function (event) {
    if (event.target.type === "search") load();
  });
  if (document.body.getAttribute("data-kind") === "search") load();
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !form) return;
    var at = document.activeElement;
    if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    event.preventDefault();
    (document.querySelector("main input[type=search]") || form.elements.q).focus();
  });
  if (location.protocol !== "file:") return;
  /* A folder opened from disk shows a listing: name its page. */
  function mend() {
    document.querySelectorAll("a, form").forEach(function (element) {
      ["href", "xlink:href", "action"].forEach(function (name) {
        var address = element.getAttribute(name);
        if (!address || /^(\/\/|#|[a-z][a-z0-9+.-]*:)/i.test(address)) return;
        var made = address.replace(/^([^?#]*\/)(?=$|[?#])/, "$1index.html");
        if (made !== address) element.setAttribute(name, made);
      });
    });
  }
  mend();
  var moved = document.querySelector("[data-kind=redirect] a");
  if (moved) location.replace(moved.href);
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
})();
