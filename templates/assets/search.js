/* The search box of every page and the search page: results as you type, filters, dates, keyboard. */
(() => {
  "use strict";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/[^/]*$/, "");
  if (window.sitegenSearchBox) return;
  window.sitegenSearchBox = true;
  const form = /** @type {HTMLFormElement} */ (document.querySelector("main form[data-search]") || document.querySelector("form[data-search]"));
  if (!form) return;
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const root = form.dataset.root || "./";
  const place = document.querySelector("[data-search-host]");
  const onDisk = location.protocol === "file:" ? "index.html" : "";
  const KINDS = ["topic", "actor", "source", "place"];
  const STEP = 10, MOST = 100, SHOWN = 8, LISTED = 40, ROW = 140, REST = 780;
  // articles up to which actors, or anything, are counted unasked: their columns are the largest files
  const FEW = 3000, COUNTED = 30000;
  /** @type {Record<string, string>} */
  const SAID = { topic: "Topics", actor: "Actors", source: "Sources", place: "Places", tag: "Tags", year: "Years" };

  /** @param {string} tag @param {Record<string, any>} [given] @param {(Node | string)[]} inner */
  const make = (tag, given = {}, ...inner) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...inner);
    return made;
  };
  /** @param {string} tag @param {Record<string, any>} given @param {Node[]} inner */
  const draw = (tag, given, ...inner) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, String(value));
    made.append(...inner);
    return made;
  };

  // --- the parts of the page -----------------------------------------------------------------------
  const status = make("p", { class: "found-count", role: "status" });
  const offered = make("p", { class: "found-names" });
  const results = make("ol", { class: "found-list", id: "results" });
  const sorting = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": "Order", onchange: () => choose({ sort: sorting.value }) },
    ...[["best", "Best first"], ["newest", "Newest first"], ["oldest", "Oldest first"]].map(([value, said]) => make("option", { value }, said))));
  const from = /** @type {HTMLInputElement} */ (make("input", { size: 10, placeholder: "2017-06", "aria-label": "From this day", name: "after" }));
  const until = /** @type {HTMLInputElement} */ (make("input", { size: 10, placeholder: "2018-01", "aria-label": "Before this day", name: "before" }));
  const chart = draw("svg", { class: "found-years", viewBox: "0 0 240 60", role: "img", "aria-label": "Articles by year" });
  const dates = make("form", { class: "found-dates", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), choose({ after: from.value.trim(), before: until.value.trim() })) },
    make("label", {}, "from ", from), make("label", {}, " before ", until), make("button", {}, "Set"));
  const groups = make("div", { class: "found-groups" });
  const facets = /** @type {HTMLDetailsElement} */ (make("details", { class: "found-facets", ontoggle: () => facets.open && count() }, make("summary", {}, "Narrow down"), chart, dates, groups));
  const more = make("button", { class: "found-more", type: "button", hidden: true, onclick: () => show(shown + STEP, true).then((first) => first?.querySelector("a")?.focus()) }, "More");
  const panel = make("section", { class: "found", "aria-label": "Search results", hidden: true },
    make("div", { class: "found-head" }, status, sorting), offered, make("div", { class: "found-body" }, make("div", { class: "found-main" }, results, more), facets));
  if (place) {
    place.append(panel);
    input.id = input.id || "q";
    facets.open = matchMedia("(min-width: 60em)").matches;
  } else (form.closest("header") || form).after(panel);
  if (!document.querySelector('link[href$="assets/search.css"]')) document.head.append(make("link", { rel: "stylesheet", href: `${own}search.css` }));

  // --- state, and the address ----------------------------------------------------------------------
  /** @typedef {{q: string, filters: Record<string, string[]>, after: string, before: string, sort: string}} State */
  /** @returns {State} */
  const read = () => {
    const given = new URLSearchParams(place ? location.search : "");
    const sort = (given.get("sort") || "").replace("date", "newest");
    return {
      q: place ? given.get("q") || "" : input.value,
      filters: Object.fromEntries(KINDS.concat("tag").map((kind) => [kind, given.getAll(kind)])),
      after: given.get("after") || "",
      before: given.get("before") || "",
      sort: /^(newest|oldest)$/.test(sort) ? sort : "best",
    };
  };
  let state = read();
  let shown = STEP;
  let turn = 0;
  /** @type {number | undefined} */
  let counting;
  /** @type {any} */
  let found;

  const address = () => {
    const made = new URLSearchParams();
    if (state.q.trim()) made.set("q", state.q);
    for (const [kind, ids] of Object.entries(state.filters)) for (const id of ids) made.append(kind, id);
    for (const name of /** @type {const} */ (["after", "before"])) if (state[name]) made.set(name, state[name]);
    if (state.sort !== "best") made.set("sort", state.sort);
    return String(made) && `?${made}`;
  };
  /** @param {boolean} keep */
  const write = (keep) => {
    if (!place) return;
    const url = location.pathname + address();
    if (url === location.pathname + location.search) return;
    if (keep) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  };
  /** @param {Partial<State>} change */
  const choose = (change) => {
    state = { ...state, ...change };
    if (place) {
      write(true);
      run();
    } else location.href = `${root}search/${onDisk}${address()}`;
  };
  /** @param {string} kind @param {string} id */
  const toggle = (kind, id) => {
    const ids = state.filters[kind] || [];
    const others = ids.filter((given) => window.sitegenSearch.plainSlug(given) !== id);
    choose({ filters: { ...state.filters, [kind]: others.length < ids.length ? others : [...ids, id] } });
  };

  // --- answering -----------------------------------------------------------------------------------
  /** @type {Promise<any> | undefined} */
  let opening;
  const engine = () => {
    opening = opening || (async () => {
      /** @param {string} url @returns {Promise<void>} */
      const fetchScript = (url) => new Promise((done, fail) => {
        const script = /** @type {HTMLScriptElement} */ (make("script", { src: url, onload: () => done(), onerror: () => fail(new Error(url)) }));
        script.async = false;
        document.head.append(script);
      });
      if (!window.sitegenSearch?.answer) await Promise.all([fetchScript(`${own}search-text.js`), fetchScript(`${own}search-engine.js`)]);
      await window.sitegenSearch.open(root, own);
      // counting all of a large archive takes a megabyte: on request only
      if (window.sitegenSearch.days().length > COUNTED) facets.open = false;
      return window.sitegenSearch;
    })();
    return opening;
  };
  const say = (/** @type {string} */ text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  /** @param {number} n @param {string} one */
  const many = (n, one) => `${String(n).replace(/\B(?=(\d{3})+$)/g, ",")} ${one}${n === 1 ? "" : "s"}`;

  const asked = () => !!(state.q.trim() || state.after || state.before || Object.values(state.filters).some((ids) => ids.length));

  const run = async () => {
    const mine = ++turn;
    try {
      const S = await engine();
      if (mine !== turn) return;
      const { q, filters, after, before, sort } = state;
      const ids = Object.fromEntries(Object.entries(filters).map(([kind, given]) => [kind, given.map(S.plainSlug)]));
      const question = { q, filters: ids, after, before, sort, limit: MOST };
      /** The cards of what the largest segment finds are asked for before the small ones are here. @param {any} given */
      const early = (given) => mine === turn && S.ask(() => given.order.slice(0, fitting).map(S.card));
      const answering = S.whole(() => S.answer(question), early);
      // laid out while the files of the words are on their way
      panel.hidden = !asked();
      document.documentElement.classList.toggle("searching", !panel.hidden);
      if (panel.hidden) results.textContent = groups.textContent = ""; // or it would be styled with the next answer
      const fitting = inView();
      const answer = await answering;
      if (mine !== turn) return;
      found = { ...answer, S, mark: S.marker(answer.nodes, answer.instead) };
      said(q);
      await show(fitting, false);
      if (mine !== turn) return;
      write(false);
      sorting.value = sort;
      from.value = after;
      until.value = before;
      offer(S, q, mine);
      clearTimeout(counting);
      // once the results are painted; files to count by are of no use while one types
      if (facets.open && !panel.hidden) counting = window.setTimeout(() => countHere() || (counting = window.setTimeout(count, REST)), 20);
    } catch (error) {
      if (mine !== turn) return;
      panel.hidden = false;
      write(false);
      say("The search index could not be loaded; please reload this page.");
      opening = undefined;
      throw error;
    }
  };

  /** @param {string} q */
  const said = async (q) => {
    const { whole, almost, instead, S } = found;
    const mine = turn;
    let text = many(whole, "result") + (almost ? `${whole ? "; " : " with all words; "}${many(almost, "more article")} with almost all` : "");
    for (const [asked, taken] of instead) if (whole + almost) text += `; searched for “${taken}” instead of “${asked}”`;
    say(q.trim() || whole ? text : "");
    if (whole + almost || !q.trim()) return;
    const near = await S.whole(() => S.words(q).map((/** @type {string} */ word) => S.nearest(word)[0]).filter(Boolean));
    if (mine !== turn) return;
    say(`Nothing found for “${q.trim()}”${near.length ? ". Did you mean:" : "; try fewer or other words."}`);
    for (const word of near) status.append(" ", make("button", { type: "button", onclick: () => ((input.value = word), input.focus(), choose({ q: word })) }, word));
  };

  /** @param {string} text @param {[number, number][]} marks */
  const marked = (text, marks) => {
    const made = document.createDocumentFragment();
    let at = 0;
    for (const [start, end] of marks) {
      made.append(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    made.append(text.slice(at));
    return made;
  };

  /** Shows results up to a number, or from the first anew. @param {number} upTo @param {boolean} further */
  const show = async (upTo, further) => {
    const { order, S, mark } = found;
    const now = found;
    const start = (shown = further ? shown : 0);
    tail.disconnect();
    const wanted = order.slice(start, Math.min(upTo, MOST));
    S.ask(() => wanted.map(S.card));
    /** @type {HTMLElement[]} */
    const rows = [];
    // each as soon as its file and those before it are there
    for (const article of wanted) {
      const card = await S.whole(() => S.card(article));
      if (now !== found || start + rows.length !== shown) return;
      rows.push(row(card, mark));
      if (further || rows.length > 1) results.append(rows[rows.length - 1]);
      else results.replaceChildren(rows[0]);
      shown = start + rows.length;
    }
    if (!further && !wanted.length) results.replaceChildren();
    more.hidden = shown >= Math.min(order.length, MOST);
    // watched anew, for a watcher speaks only when something comes into view or leaves it
    if (shown < Math.min(STEP, order.length)) tail.observe(more);
    return rows[0];
  };
  // only what is in view is asked for; the rest of the first ten when one scrolls
  const tail = new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) show(Math.min(shown + 3, STEP), true);
  });
  /** How many results fit into the window below the head of the list. */
  const inView = () => Math.min(STEP, Math.max(3, Math.ceil((innerHeight - results.getBoundingClientRect().top) / ROW)));

  /** @param {any} card @param {(text: string) => [number, number][]} mark */
  const row = (card, mark) => {
    const word = S_first(found.nodes);
    const fragment = word ? `#:~:text=${encodeURIComponent(word.replace(/\p{Surrogate}/gu, "")).replace(/-/g, "%2D")}` : "";
    const told = [card.title, card.source, card.summary].map((text) => marked(text, mark(text)));
    const [title, source, summary] = told;
    const when = card.date.replace("T", " ").slice(0, 16);
    const inside = told.some((part) => part.querySelector("mark")) ? "" : found.S.words(word).join(" ");
    if (inside) summary.append(" · in the article: ", make("mark", {}, inside));
    return make("li", {},
      make("a", { href: `${root}${card.key}/${onDisk}${fragment}`, lang: card.lang }, title),
      make("p", { class: "found-line" }, source, card.source && when && " · ", when),
      make("p", { class: "found-excerpt" }, summary));
  };
  /** The first word or phrase that is looked for. @param {any[]} nodes @returns {string} */
  const S_first = (nodes) => nodes.find((node) => node.leaf && !node.leaf.field)?.leaf.text || "";

  /** @param {any} S @param {string} q @param {number} mine */
  const offer = async (S, q, mine) => {
    const listed = await S.whole(() => S.names(q));
    if (mine !== turn) return;
    offered.replaceChildren(...listed.flatMap((/** @type {any} */ name) => [
      make("a", { href: `${root}${name.kind === "a" ? "actors" : "topics"}/${name.id}/${onDisk}` }, name.name), " "]));
    offered.hidden = !listed.length;
  };

  // --- facets --------------------------------------------------------------------------------------
  /** @type {Map<number, number>} */
  const years = new Map();
  /** @param {number} day */
  const yearOf = (day) => {
    let year = years.get(day);
    if (year === undefined) years.set(day, (year = new Date((day - 719163) * 86400000).getUTCFullYear()));
    return year;
  };
  /** Draws the bars by year, which need no file. @returns {Map<number, number>} */
  const byYear = () => {
    const days = found.S.days();
    /** @type {Map<number, number>} */
    const tally = new Map();
    for (const article of found.all) {
      const day = days[article];
      if (day) tally.set(yearOf(day), (tally.get(yearOf(day)) || 0) + 1);
    }
    histogram(tally);
    return tally;
  };
  let actorsAsked = false;
  const counted = () => KINDS.filter((kind) => kind !== "actor" || actorsAsked || found.S.days().length <= FEW);
  /** Counts if all files for it are there. @returns {boolean} */
  const countHere = () => {
    const { S, all } = found;
    const tally = byYear();
    const made = S.ready(() => S.facets(all, counted()));
    if (made) list(made, tally);
    return !!made;
  };
  const count = async () => {
    const now = found;
    if (!now) return;
    try {
      const made = await now.S.whole(() => now.S.facets(now.all, counted()));
      if (now === found) list(made, byYear());
    } catch {
      groups.replaceChildren(); // the results stand without
    }
  };
  /** What the values of facets are called. @type {Map<string, string>} */
  const called = new Map();
  /** @param {Record<string, [string, string, number][]>} made @param {Map<number, number>} tally */
  const list = (made, tally) => {
    /** @type {Record<string, [string, string, number][]>} */
    const all = { ...made, year: [...tally].sort(([a], [b]) => b - a).map(([year, n]) => [String(year), String(year), n]) };
    const at = document.activeElement;
    const focused = at && groups.contains(at) && at.getAttribute("data-value");
    const open = new Set([...groups.querySelectorAll("details[open]")].map((element) => element.getAttribute("data-kind")));
    groups.replaceChildren(...["topic", "actor", "source", "place", "tag", "year"].flatMap((kind) => group(kind, all[kind], open.has(kind))));
    if (focused) [.../** @type {NodeListOf<HTMLElement>} */ (groups.querySelectorAll("button"))].find((button) => button.getAttribute("data-value") === focused)?.focus();
  };
  /** A facet's values, the chosen ones first; nothing if there are none.
   * @param {string} kind @param {[string, string, number][] | undefined} values @param {boolean} open @returns {HTMLElement[]} */
  const group = (kind, values, open) => {
    const { plainSlug } = window.sitegenSearch;
    for (const [id, name] of values || []) called.set(`${kind}=${id}`, name);
    const chosen = new Map((state.filters[kind] || []).map((given) => [plainSlug(given), given]));
    if (kind === "year" && +state.before === +state.after + 1) chosen.set(state.after, state.after);
    const known = new Set((values || []).map(([id]) => id));
    /** @type {[string, string, number | string][]} */
    const gone = [...chosen].filter(([id]) => !known.has(id)).map(([id, given]) => [id, called.get(`${kind}=${id}`) || given.replaceAll("-", " "), values ? 0 : ""]);
    const listed = [...gone, ...(values || []).filter(([id]) => chosen.has(id)), ...(values || []).filter(([id]) => !chosen.has(id))];
    /** @param {string} id */
    const pick = (id) => kind !== "year" ? toggle(kind, id) : choose(chosen.has(id) ? { after: "", before: "" } : { after: id, before: String(+id + 1) });
    const items = listed.slice(0, LISTED).map(([id, name, n]) => make("li", {},
      make("button", { type: "button", "data-value": `${kind}=${id}`, "aria-pressed": String(chosen.has(id)), onclick: () => pick(id) }, name, " ", make("span", { class: "n" }, String(n)))));
    const asking = kind === "actor" && !values && found.all.length > 0;
    if (!items.length && !asking) return [];
    const made = make("fieldset", { "data-kind": kind }, make("legend", {}, SAID[kind]), make("ul", {}, ...items.slice(0, SHOWN)),
      ...(items.length > SHOWN ? [make("details", { "data-kind": kind, open }, make("summary", {}, "more"), make("ul", {}, ...items.slice(SHOWN)))] : []));
    if (asking) made.append(make("button", { type: "button", class: "found-ask", onclick: () => {
      actorsAsked = true;
      count().then(() => /** @type {HTMLElement | null} */ (groups.querySelector("[data-kind=actor] button"))?.focus());
    } }, "Show actors"));
    return [made];
  };

  /** Bars by year; drag over them to choose a range. @param {Map<number, number>} tally */
  const histogram = (tally) => {
    const all = [...tally.keys()];
    const first = Math.min(...all), last = Math.max(...all), top = Math.max(...tally.values());
    chart.replaceChildren();
    if (!all.length) return;
    const width = 240 / (last - first + 1);
    for (let year = first; year <= last; year++) {
      const n = tally.get(year) || 0, height = n && Math.max(1, Math.round((44 * n) / top));
      const inside = (!state.after || String(year) >= state.after.slice(0, 4)) && (!state.before || String(year) < state.before);
      chart.append(draw("rect", { x: ((year - first) * width).toFixed(1), y: 46 - height, width: Math.max(1, width - 1).toFixed(1), height, class: inside ? "in" : "out" },
        draw("title", {}, /** @type {any} */ (document.createTextNode(`${year}: ${n}`)))));
    }
    for (const [year, x, anchor] of /** @type {[number, number, string][]} */ ([[first, 0, "start"], [last, 240, "end"]])) chart.append(draw("text", { x, y: 58, "text-anchor": anchor }, /** @type {any} */ (document.createTextNode(String(year)))));
    /** @param {any} event */
    const at = (event) => {
      const box = chart.getBoundingClientRect();
      return Math.min(last, Math.max(first, first + Math.floor(((event.clientX - box.left) / box.width) * (last - first + 1))));
    };
    chart.onpointerdown = (event) => {
      const start = at(event);
      chart.setPointerCapture(event.pointerId);
      chart.onpointerup = (end) => {
        const [low, high] = [start, at(end)].sort((a, b) => a - b);
        chart.onpointerup = null;
        choose({ after: String(low), before: String(high + 1) });
      };
    };
  };

  // --- events --------------------------------------------------------------------------------------
  let last = 0;
  /** @type {number | undefined} */
  let waiting;
  input.addEventListener("input", () => {
    const soon = performance.now() - last < 150;
    last = performance.now();
    clearTimeout(waiting);
    const go = () => {
      state.q = input.value;
      run();
    };
    if (soon) waiting = window.setTimeout(go, 60);
    else go();
  });
  form.addEventListener("submit", (event) => {
    if (!place) return;
    event.preventDefault();
    state.q = input.value;
    write(true);
    run();
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target !== input && !panel.contains(target)) return;
    const links = [.../** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll(".found-names a, .found-list a"))];
    const at = links.indexOf(target);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (target === input || at >= 0)) {
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      if (target === input && event.key === "ArrowUp") return;
      event.preventDefault();
      if (next === links.length && !more.hidden) more.click();
      else (next < 0 ? input : links[Math.min(next, links.length - 1)])?.focus();
    } else if (event.key === "Escape") {
      if (target !== input) input.focus();
      else if (!place) {
        if (!input.value) input.blur();
        input.value = state.q = "";
        run();
      }
    }
  });
  window.addEventListener("popstate", () => {
    if (!place) return;
    state = read();
    input.value = state.q;
    run();
  });
  if (place) {
    if (input.value && !state.q) state.q = input.value;
    input.value = state.q;
    if (location.search) run();
    else engine().catch(() => undefined);
    if (!location.search) input.focus({ preventScroll: true });
  } else if (input.value) {
    state.q = input.value;
    run();
  }
})();
