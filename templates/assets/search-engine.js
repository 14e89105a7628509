/* Reads the index and answers queries; the same steps as pages/search/query.py, by one table of tests. */
(() => {
  "use strict";
  const S = window.sitegenSearch;
  const { words, stem, numbers, digit } = S;
  const NAME = 8, FEW = 5, LONGEST = 500;
  // as in runs.py: what a word weighs by its grade, and what weighs one half in a short, usual or long article
  const WEIGHTS = [1, 1.6, 2.2, 4], HALVES = [0.42, 0.6, 0.96], STEP = WEIGHTS.length;
  const END = "\uffff";

  // --- files ---------------------------------------------------------------------------------------
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  /** @type {Set<string>} */
  let missing = new Set();
  /** Those of them that are of the largest segment. @type {Set<string>} */
  let leading = new Set();

  /** Loads a script once. @param {string} url @param {boolean} [ordered] after those asked for before @returns {Promise<void>} */
  const load = (url, ordered) => {
    const known = loading.get(url);
    if (known) return known;
    /** @type {Promise<void>} */
    const made = new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = url;
      script.async = !ordered;
      script.fetchPriority = "high";
      script.onload = () => (script.remove(), done());
      script.onerror = () => (script.remove(), loading.delete(url), fail(new Error(url)));
      document.head.append(script);
    });
    loading.set(url, made);
    return made;
  };

  /** The parts of a file of the index, or undefined (and it is noted as missing). @param {string} name */
  const part = (name) => {
    const found = S.parts.get(name);
    if (!found) missing.add(name);
    return found;
  };

  /** @type {any} */
  let head;
  /** @type {Promise<any> | undefined} */
  let stemming;
  /** @type {number[]} */
  let bases = [];
  /** What each range of a segment's words and forms begins with. @type {Map<any, Record<string, string[]>>} */
  let starts = new Map();
  /** @type {number[]} */
  let days = [];
  /** @type {number[]} */
  let halves = [];
  let root = "";
  /** @type {Set<string>} */
  let stops = new Set();

  /** Loads directory and stemmers. @param {string} base @param {string} assets */
  const open = async (base, assets) => {
    root = base;
    if (!S.parts.has("directory")) await load(`${root}search/directory.js`);
    head = S.parts.get("directory")?.[0];
    stops = new Set(head.stops);
    bases = [];
    days = [];
    halves = [];
    starts = new Map(head.segments.map((/** @type {any} */ s) => [s, { t: s.ranges.t[0].split("!"), b: s.ranges.b[0].split("!") }]));
    for (const segment of head.segments) {
      bases.push(days.length);
      let day = 0;
      for (const gap of numbers(segment.days)) days.push((day += gap));
      for (const four of numbers(segment.lengths)) for (const third of [1, 3, 9, 27]) halves.push(HALVES[Math.floor(four / third) % 3]);
      halves.length = days.length;
    }
    const scripts = head.languages.length ? ["base", ...head.languages] : [];
    // in this order, for each of the languages' is made of the base
    stemming = Promise.all(scripts.map((/** @type {string} */ name) => load(`${assets}vendor/snowball/${name}-stemmer.js`, true)));
    // the first query finds stemmers and expressions made
    stemming.then(() => marker(parse("a"), [])("a")).catch(() => undefined);
  };

  /** @param {string} name */
  const loaded = (name) => load(`${root}search/${name[0]}-${name.slice(1)}.js`);

  /** What a function makes of the files that are here; the others are noted as missing. @template T @param {() => T} run @returns {T} */
  const tried = (run) => {
    missing = new Set();
    leading = new Set();
    return run();
  };

  /** Asks for the files that a function wants. @param {() => any} run */
  const ask = (run) => {
    tried(run);
    for (const name of missing) loaded(name).catch(() => undefined);
  };

  /** Runs a function until no file that it asks for is missing. While small segments are on their way,
   * `early` gets what it makes of the largest. @template T @param {() => T} run @param {(made: T) => void} [early] @returns {Promise<T>} */
  const whole = async (run, early) => {
    for (;;) {
      const made = tried(run);
      if (!missing.size && !stemming) return made;
      const wanted = [...missing], first = [...leading];
      const loads = Promise.all([stemming, ...wanted.map(loaded)]);
      if (early && first.length && first.length < wanted.length) {
        Promise.all([stemming, ...first.map(loaded)]).then(() => {
          if (wanted.every((name) => S.parts.has(name))) return;
          const made = tried(run);
          if ([...missing].every((name) => wanted.includes(name))) early(made);
        }).catch(() => undefined);
      }
      await loads;
      stemming = undefined;
      // a host that answers with another page instead of the file would be asked for ever
      for (const name of wanted) if (!S.parts.has(name)) throw new Error(`search/${name} holds nothing`);
    }
  };

  /** What a function makes of the files that are here, or nothing if it asks for another. @template T @param {() => T} run @returns {T | undefined} */
  const ready = (run) => {
    const made = tried(run);
    return missing.size ? undefined : made;
  };

  /** The last of the sorted `firsts` that is not after `key`. @param {string[]} firsts @param {string} key */
  const covering = (firsts, key) => {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  };

  /** @param {any} segment @param {string} kind @param {string} low @param {string} high @param {number} most */
  const files = (segment, kind, low, high, most) => {
    const firsts = starts.get(segment)?.[kind] ?? [];
    const names = segment.ranges[kind][1];
    const start = covering(firsts, low);
    const end = Math.min(covering(firsts, high), start + most - 1);
    const found = [];
    for (let at = start; at <= end; at++) {
      const name = kind + names.slice(at * NAME, (at + 1) * NAME);
      const got = part(name);
      if (got) found.push(got);
      else if (segment === head.segments[0]) leading.add(name);
    }
    return found;
  };

  // --- words ---------------------------------------------------------------------------------------
  /** @typedef {{key: string, segment: number, file: any, row: number}} Row */
  /** @typedef {{ids: number[], grades: number[], places: string[]}} Hits */
  /** @typedef {{own: Hits[], kin: Hits[], longer: Hits[]}} Matched */
  /** The score of each article, below zero where it is not found. @typedef {Float64Array} Scores */
  /** @typedef {{text: string, field: string, open: boolean, quoted: boolean}} Leaf */
  /** @typedef {{leaf?: Leaf, every?: Node[], either?: Node[], without?: Node}} Node */

  /** The columns of a file of words, parted once. @param {any} file */
  const columns = (file) => file.columns || (file.columns = file.map((/** @type {string} */ text) => text.split("!")));

  /** The rows of keys from `low` to `high`. @param {string} low @param {string} high @param {number} most @returns {Row[]} */
  const rows = (low, high, most) => {
    /** @type {Row[]} */
    const found = [];
    head.segments.forEach((/** @type {any} */ segment, /** @type {number} */ at) => {
      for (const file of files(segment, "t", low, high, most)) {
        const keys = columns(file)[0];
        for (let row = covering(keys, low); row < keys.length && keys[row] <= high; row++) {
          if (keys[row] >= low) found.push({ key: keys[row], segment: at, file, row });
        }
      }
    });
    return found;
  };

  /** @param {Row[]} given @param {boolean} placed @returns {Hits} */
  const hits = (given, placed) => {
    /** @type {Hits} */
    const found = { ids: [], grades: [], places: [] };
    for (const { segment, file, row } of given) {
      let article = bases[segment] - 1;
      const [, codes, places] = columns(file);
      const given = numbers(codes[row]);
      for (const code of given) {
        article += Math.floor(code / STEP) + 1;
        found.ids.push(article);
        found.grades.push(code % STEP);
      }
      if (!placed) continue;
      let listed = places[row];
      if (listed[0] === "\t") listed = (part(listed.slice(1)) || [""])[0];
      let at = 0;
      for (const code of given) {
        const count = code % STEP === 0 ? 1 : digit(listed.charCodeAt(at++)) || 0;
        found.places.push(listed.slice(at, (at += 2 * count)));
      }
    }
    return found;
  };

  /** @param {string} key */
  const formOf = (key) => {
    const comma = key.indexOf(",");
    if (comma < 0) return key;
    return key[comma + 1] === "=" ? key.slice(comma + 2) : key.slice(0, comma) + key.slice(comma + 1);
  };

  /** @param {string} key */
  const rootOf = (key) => key.split(",")[0];

  /** @param {string} word @param {string} letter @param {boolean} opened @param {boolean} placed @returns {Matched} */
  const matched = (word, letter, opened, placed) => {
    const before = letter === "=" || !letter ? "" : `:${letter}=`;
    const own = before + word;
    const stems = new Set([own]);
    if (letter !== "=") for (const name of head.languages) stems.add(before + stem(word, name));
    opened = opened && (word.length >= 3 || !/^[\x00-\x7f]*$/.test(word));
    /** @type {Map<string, Row[]>[]} */
    const found = [new Map(), new Map(), new Map()];
    const seen = new Set();
    for (const beginning of stems) {
      for (const row of rows(beginning, beginning + (opened && beginning === own ? END : "," + END), 2)) {
        const form = formOf(row.key);
        const how = form === own ? 0 : stems.has(rootOf(row.key)) ? 1 : opened && form.startsWith(own) ? 2 : 3;
        if (how > 2 || seen.has(row.segment + row.key)) continue;
        seen.add(row.segment + row.key);
        const listed = found[how].get(row.key);
        if (listed) listed.push(row);
        else found[how].set(row.key, [row]);
      }
    }
    const roots = new Set([...found[0].keys()].map(rootOf));
    if (roots.size && head.languages.length && letter !== "=") {
      // "lunar" is no form of the Spanish "lunes" where no Spanish article has it
      roots.add(before + stem(word, head.languages[0]));
      found[1] = new Map([...found[1]].filter(([key]) => roots.has(rootOf(key))));
    }
    /** @param {Row[]} listed */
    const size = (listed) => listed.reduce((sum, { file, row }) => sum + columns(file)[1][row].length, 0);
    const sorted = found.map((kind) => [...kind].sort(([a], [b]) => (a < b ? -1 : 1)));
    sorted[2] = sorted[2].map((entry) => ({ entry, size: size(entry[1]) })).sort((a, b) => b.size - a.size).slice(0, 40).map((x) => x.entry);
    const [mine, kin, longer] = sorted.map((kind) => kind.map(([, listed]) => hits(listed.sort((a, b) => a.segment - b.segment), placed)));
    return { own: mine, kin, longer };
  };

  /** @param {number} count */
  const rarity = (count) => Math.log(1 + (days.length - Math.min(count, days.length) + 0.5) / (count + 0.5));

  /** All articles with one score, of itself that of none found. @param {number} [score] @returns {Scores} */
  const each = (score = -1) => new Float64Array(days.length).fill(score);

  /** @param {Scores} given @returns {number[]} */
  const articles = (given) => {
    const found = [];
    for (let article = 0; article < given.length; article++) if (given[article] >= 0) found.push(article);
    return found;
  };

  /** @param {Matched} given @returns {Scores} */
  const scored = ({ own, kin, longer }) => {
    const found = each();
    /** @param {Hits} list @param {number} rarity */
    const best = ({ ids, grades }, rarity) => {
      for (let i = 0; i < ids.length; i++) {
        const article = ids[i], weight = WEIGHTS[grades[i]];
        found[article] = Math.max(found[article], (rarity * weight) / (weight + halves[article]));
      }
    };
    /** @param {Hits[]} lists */
    const count = (lists) => lists.reduce((sum, list) => sum + list.ids.length, 0);
    const mine = rarity(count(own)), theirs = rarity(count(own) + count(kin));
    for (const list of own) best(list, mine);
    for (const list of kin) best(list, theirs * 0.45);
    for (const list of longer) best(list, rarity(list.ids.length) * 0.3);
    return found;
  };

  // --- trees ---------------------------------------------------------------------------------------
  /** @type {Record<string, string>} */
  const FIELDS = { title: "title", actor: "a", topic: "t", tag: "g", source: "s", place: "p", author: "u", lang: "l", after: "after", before: "before" };
  const TOKEN = /(-?)(\()|(\))|(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|([^\s()"]+))/g;

  /** The tree of a query, as in grammar.py. @param {string} query @returns {Node[]} */
  const parse = (query) => {
    query = query.slice(0, LONGEST);
    /** @type {{kind: string, not: boolean, leaf?: Leaf}[]} */
    const tokens = [];
    for (const match of query.matchAll(TOKEN)) {
      const [, minus, opening, closing, not, field, quoted, quote, word] = match;
      if (opening) tokens.push({ kind: "(", not: !!minus });
      else if (closing) tokens.push({ kind: ")", not: false });
      else if (word === "OR" && !not && !field) tokens.push({ kind: "or", not: false });
      else {
        const last = match.index + match[0].length === query.length && !quote;
        let text = quoted ?? word.replace(/\*$/, "");
        const known = field && Object.hasOwn(FIELDS, field);
        if (field && !known) text = `${field} ${text}`;
        if (!text.trim()) continue;
        const opened = quoted === undefined && (last || word.endsWith("*"));
        tokens.push({ kind: "leaf", not: !!not, leaf: { text, field: known ? FIELDS[field] : "", open: opened, quoted: quoted !== undefined } });
      }
      if (tokens.length >= 64) break;
    }
    let at = 0;
    const sequence = () => {
      /** @type {Node[]} */
      const nodes = [];
      let joining = false;
      while (at < tokens.length) {
        const { kind, not, leaf } = tokens[at++];
        if (kind === ")") break;
        if (kind === "or") {
          joining = nodes.length > 0;
          continue;
        }
        /** @type {Node} */
        let node = leaf ? { leaf } : { every: sequence() };
        if (node.every && !node.every.length) continue;
        if (not) node = { without: node };
        const before = joining ? nodes.pop() : undefined;
        nodes.push(before ? { either: [...(before.either || [before]), node] } : node);
        joining = false;
      }
      return nodes;
    };
    /** @type {Node[]} */
    const all = [];
    while (at < tokens.length) all.push(...sequence());
    return all;
  };

  /** @param {Scores} a @param {Scores} b @returns {Scores} */
  const both = (a, b) => a.map((score, at) => (score < 0 || b[at] < 0 ? -1 : score + b[at]));

  /** What is in the first and not in the second. @param {Scores} a @param {Scores} b @returns {Scores} */
  const without = (a, b) => a.map((score, at) => (b[at] < 0 ? score : -1));

  /** Words without meaning of their own. @param {Node} node */
  const idle = ({ leaf }) => !!leaf && !leaf.field && words(leaf.text).every((word) => stops.has(word));

  /** @param {Node[]} nodes @returns {Scores} */
  const every = (nodes) => {
    const telling = nodes.filter((node) => !idle(node));
    const listed = telling.some((node) => !node.without) ? telling : nodes;
    /** @type {Scores | undefined} */
    let found;
    for (const node of listed) {
      if (node.without) continue;
      const scores = evaluate(node);
      found = found ? both(found, scores) : scores;
    }
    return listed.reduce((found, node) => (node.without ? without(found, evaluate(node.without)) : found), found || each(0));
  };

  /** @param {Node} node @returns {Scores} */
  const evaluate = (node) => {
    if (node.leaf) return evaluateLeaf(node.leaf);
    if (node.every) return every(node.every);
    if (node.without) return every([node]);
    return (node.either || []).map(evaluate).reduce((a, b) => a.map((score, at) => (b[at] < 0 ? score : Math.max(0, score) + b[at])), each());
  };

  /** @param {string} iso */
  const dayOf = (iso) => {
    const [given] = /^\d{4}(-\d\d){0,2}/.exec(iso) || [""];
    const date = new Date(given); // of 31 February some make a day of March
    return date.toJSON()?.startsWith(given) ? Math.max(0, +date / 86400000 + 719163) : 0;
  };

  /** @param {Leaf} leaf @returns {Scores} */
  const evaluateLeaf = (leaf) => {
    const { text, field } = leaf;
    if (field === "after" || field === "before") {
      const day = dayOf(text);
      return Float64Array.from(days, (at) => (at && (field === "after" ? at >= day : at < day) ? 0 : -1));
    }
    if (field === "=") {
      const found = each();
      for (const { ids } of matched(text, "=", false, false).own) for (const article of ids) found[article] = 0;
      return found;
    }
    const given = words(text);
    if (field && field !== "title") {
      const found = given.map((word, at) => scored(matched(word, field, leaf.open && at === given.length - 1, false)));
      return found.length ? found.reduce(both) : each();
    }
    if (given.length === 1 && !field) return scored(matched(given[0], "", leaf.open, false));
    return phrase(given, leaf);
  };

  /** @param {string[]} given @param {Leaf} leaf @returns {Scores} */
  const phrase = (given, leaf) => {
    /** @type {{at: number, match: Matched}[]} */
    const listed = [];
    given.forEach((word, at) => {
      if (given.length === 1 || !stops.has(word)) listed.push({ at, match: matched(word, "", leaf.open && at === given.length - 1, true) });
    });
    if (!listed.length) return every(given.map((text) => ({ leaf: { text, field: "", open: false, quoted: false } })));
    const common = listed.map(({ match }) => scored(match)).reduce(both);
    /** Where the phrase may begin in each article, by the words so far. @type {Map<number, number[]> | undefined} */
    let starts;
    for (const { at, match } of listed) {
      /** @type {Map<number, number[]>} */
      const left = new Map();
      for (const { ids, places } of [...match.own, ...match.kin, ...match.longer]) {
        ids.forEach((article, i) => {
          const known = starts && (starts.get(article) || []);
          if (common[article] < 0 || (known && !known.length)) return;
          const codes = numbers(places[i]), here = left.get(article) || [];
          for (let k = 0; k < codes.length - 1; k += 2) {
            const start = codes[k] * 65536 + codes[k + 1] - at;
            if ((leaf.field !== "title" || !codes[k]) && (!known || known.includes(start))) here.push(start);
          }
          if (here.length) left.set(article, here);
        });
      }
      starts = left;
    }
    return common.map((score, article) => (starts?.has(article) ? score * (given.length > 1 ? 1.5 : 1) : -1));
  };

  // --- repair --------------------------------------------------------------------------------------
  /** @param {string} word @param {string} form */
  const oneAway = (word, form) => {
    if (word === form || Math.abs(word.length - form.length) > 1) return false;
    let same = 0;
    while (same < word.length && same < form.length && word[same] === form[same]) same++;
    if (word.length > form.length) return word.slice(same + 1) === form.slice(same);
    if (word.length < form.length) return word.slice(same) === form.slice(same + 1);
    const swapped = word[same] === form[same + 1] && word[same + 1] === form[same];
    return word.slice(same + 1) === form.slice(same + 1) || (swapped && word.slice(same + 2) === form.slice(same + 2));
  };

  /** The forms one letter away, the most frequent first. @param {string} word @returns {string[]} */
  const nearest = (word) => {
    const half = Math.floor(word.length / 2);
    if (half < 2) return [];
    /** @type {Map<string, number>} */
    const found = new Map();
    /** @param {string} form @param {number} size */
    const note = (form, size) => {
      if (oneAway(word, form)) found.set(form, Math.max(size, found.get(form) || 0));
    };
    const start = word.slice(0, half);
    for (const { key, file, row } of rows(start, start + END, 4)) note(formOf(key), 32 - Math.clz32(columns(file)[1][row].length));
    /** @param {string} form */
    const turned = (form) => [...form].reverse().join("");
    const ending = turned(word.slice(half + 1));
    for (const segment of ending.length > 1 ? head.segments : []) {
      for (const [listed] of files(segment, "b", ending, ending + END, 4)) {
        let form = "";
        for (const entry of listed ? listed.split("!") : []) {
          const [shared, size] = numbers(entry.slice(0, 2));
          form = form.slice(0, shared) + entry.slice(2);
          if (form.startsWith(ending)) note(turned(form), size);
        }
      }
    }
    return [...found].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 4).map(([form]) => form);
  };

  /** @param {Node[]} nodes @returns {{nodes: Node[], instead: [string, string][]}} */
  const repaired = (nodes) => {
    /** @type {[string, string][]} */
    const instead = [];
    const made = nodes.map((node) => {
      const leaf = node.leaf;
      if (!leaf || leaf.field || leaf.quoted || articles(evaluateLeaf(leaf)).length || missing.size) return node;
      const given = words(leaf.text);
      const known = given.length === 1 ? nearest(given[0]) : [];
      if (!known.length) return node;
      instead.push([leaf.text, known[0]]);
      return { either: known.map((text) => ({ leaf: { text, field: "", open: false, quoted: false } })) };
    });
    return { nodes: made, instead };
  };

  // --- answers -------------------------------------------------------------------------------------
  /** @type {Record<string, string>} */
  const FILTERS = { topic: "T", actor: "A", source: "S", place: "P", tag: "G" };

  /** @param {Node[]} nodes @param {Node[]} fixed @param {boolean} alone @returns {Scores} */
  const almostAll = (nodes, fixed, alone) => {
    const leaves = nodes.filter((node) => !node.without && !idle(node));
    const rest = nodes.filter((node) => node.without);
    if (leaves.length < (alone ? 2 : 3)) return each();
    const scores = each(0), counts = each(0);
    for (const leaf of leaves) {
      evaluate(leaf).forEach((score, article) => {
        if (score < 0) return;
        scores[article] += score;
        counts[article]++;
      });
    }
    const allowed = every([...rest, ...fixed]);
    return scores.map((score, at) => (counts[at] < leaves.length - 1 || allowed[at] < 0 ? -1 : (score * counts[at]) / leaves.length));
  };

  /** @param {Scores} found @param {string} sort @param {number} most */
  const sorted = (found, sort, most) => {
    let ids = articles(found);
    /** @param {number} a @param {number} b */
    const newest = (a, b) => days[b] - days[a] || b - a;
    if (sort === "oldest") return ids.sort((a, b) => +!days[a] - +!days[b] || days[a] - days[b] || a - b);
    if (sort === "newest") return ids.sort(newest);
    if (ids.length > 8 * most) {
      // only the head of a long list is put in order
      const top = ids.reduce((most, id) => Math.max(most, found[id]), 0);
      for (let bar = top; bar > 0; bar *= 0.9) {
        const higher = ids.filter((id) => found[id] >= bar);
        if (higher.length >= most) {
          ids = higher;
          break;
        }
      }
    }
    return ids.sort((a, b) => found[b] - found[a] || newest(a, b));
  };

  /** @typedef {{q: string, filters: Record<string, string[]>, after: string, before: string, sort: string, limit: number}} Question */
  /** @typedef {{whole: number, almost: number, order: number[], all: number[], instead: [string, string][], nodes: Node[]}} Answer */

  /** @param {Question} question @returns {Answer} */
  const answer = ({ q, filters, after, before, sort, limit }) => {
    let nodes = parse(q).filter((node) => !node.leaf || words(node.leaf.text).length);
    /** @param {string} text @param {string} field @returns {Node} */
    const fix = (text, field) => ({ leaf: { text, field, open: false, quoted: false } });
    const fixed = Object.entries(filters).flatMap(([kind, ids]) => ids.map((id) => fix(`:${FILTERS[kind]}=${id}`, "=")));
    if (after) fixed.push(fix(after, "after"));
    if (before) fixed.push(fix(before, "before"));
    /** @type {[string, string][]} */
    let instead = [];
    let found = nodes.length || fixed.length ? every([...nodes, ...fixed]) : each();
    let whole = articles(found);
    const asked = nodes;
    if (!whole.length && nodes.length && !missing.size) {
      ({ nodes, instead } = repaired(nodes));
      if (instead.length) whole = articles((found = every([...nodes, ...fixed])));
    }
    const isFew = whole.length < FEW && nodes.length && !missing.size;
    const more = isFew ? without(almostAll(nodes, fixed, !whole.length), found) : each();
    const almost = articles(more);
    const order = [...sorted(found, sort, limit), ...sorted(more, sort, limit)];
    return { whole: whole.length, almost: almost.length, order: order.slice(0, limit), all: [...whole, ...almost], instead, nodes: asked };
  };

  // --- cards ---------------------------------------------------------------------------------------
  /** The file of this kind that has the article: what it is, and which articles it holds, from and to.
   * @param {number} article @param {string} kind @returns {{file: any, low: number, high: number} | undefined} */
  const cards = (article, kind) => {
    const at = covering(/** @type {any} */ (bases), /** @type {any} */ (article));
    const high = bases[at + 1] ?? days.length;
    const { [kind]: own, f: together } = head.segments[at].cards;
    const [size, names] = own || together || [days.length, ""];
    const number = Math.floor((article - bases[at]) / size);
    const low = bases[at] + number * size;
    const file = names ? part((kind === "d" ? "d" : "f") + names.slice(number * NAME, (number + 1) * NAME)) : [];
    return file && { file, low, high: Math.min(high, low + size) };
  };

  /** @param {number} day */
  const isoOf = (day) => (day ? new Date((day - 719163) * 86400000).toISOString().slice(0, 10) : "");

  /** What a result shows. @param {number} article */
  const shown = (article) => {
    const found = cards(article, "d");
    if (!found) return undefined;
    const file = found.file, row = article - found.low;
    const columns = file.split || (file.split = [numbers(file[1]), ...file.slice(2).map((/** @type {string} */ column) => column.split("\n"))]);
    const [source, title, summary, last, folder, dated, lang] = columns.map((/** @type {any[]} */ column) => column[row]);
    const date = dated || isoOf(days[article]);
    const key = `${folder || date.slice(0, 7).replace("-", "/")}/${last || S.plainSlug(title)}`;
    return { key, title, summary, date, source: file[0][source], lang: lang || columns[6][0] };
  };

  const FACETS = ["source", "place", "topic", "actor"];
  /** A column's numbers, and where those of each article begin. @param {any} file @param {number} at */
  const column = (file, at) => {
    if (!file.columns) file.columns = [];
    if (!file.columns[at]) {
      const codes = numbers(file[at + 1] || "");
      const starts = [0];
      codes.forEach((code, i) => (code % 2 || !code) && starts.push(i + 1));
      file.columns[at] = { codes, starts };
    }
    return file.columns[at];
  };
  /** How many of the articles have each value of a facet: [id, name, count], the most frequent first.
   * @param {number[]} articles @param {string} kind @returns {[string, string, number][]} */
  const facet = (articles, kind) => {
    const at = 2 * FACETS.indexOf(kind);
    /** @type {Map<any, number[]>} */
    const counts = new Map();
    /** @type {ReturnType<typeof cards>} */
    let found;
    /** @type {number[]} */
    let tally = [];
    for (const article of articles) {
      if (!found || article < found.low || article >= found.high) {
        found = cards(article, kind);
        if (!found) continue;
        tally = counts.get(found.file) || [];
        counts.set(found.file, tally);
      }
      const { codes, starts } = column(found.file, at);
      for (let i = starts[article - found.low], end = starts[article - found.low + 1]; i < end; i++) {
        const number = (codes[i] >> 1) - 1;
        if (number >= 0) tally[number] = (tally[number] || 0) + 1;
      }
    }
    /** @type {Map<string, [string, string, number]>} */
    const all = new Map();
    for (const [file, tally] of counts) {
      tally.forEach((count, number) => {
        const label = file[at][number];
        const [name, id] = typeof label === "string" ? [label, S.plainSlug(label)] : label;
        const known = all.get(id);
        if (known) known[2] += count;
        else all.set(id, [id, name, count]);
      });
    }
    return [...all.values()].sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
  };
  /** @param {number[]} articles @param {string[]} kinds @returns {Record<string, [string, string, number][]>} */
  const facets = (articles, kinds) => Object.fromEntries(kinds.map((kind) => [kind, facet(articles, kind)]));

  /** Names of actors and topics that begin so. @param {string} text @returns {{kind: string, name: string, id: string}[]} */
  const names = (text) => {
    const wanted = S.plainSlug(text).replaceAll("-", " ");
    if (wanted.length < 2) return [];
    const [starts, listed] = head.names;
    const at = covering(starts.split("!"), wanted.slice(0, 2));
    const file = part("n" + listed.slice(at * NAME, (at + 1) * NAME));
    const found = new Map();
    for (let i = 0; file && i < file[0].length; i += 5) {
      const [turned, kind, name, id, size] = file[0].slice(i, i + 5);
      if (turned.startsWith(wanted)) found.set(kind + name, { kind, name, id: id || S.plainSlug(name), size });
    }
    return [...found.values()].sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1)).slice(0, 6);
  };

  /** What of a text matches: [start, end]. @param {Node[]} nodes @param {[string, string][]} instead @returns {(text: string) => [number, number][]} */
  const marker = (nodes, instead) => {
    const stems = new Set(), beginnings = /** @type {string[]} */ ([]), other = new Map(instead);
    /** @param {Node} node */
    const gather = ({ leaf, every: all, either }) => {
      for (const inner of all || either || []) gather(inner);
      if (!leaf || (leaf.field && leaf.field !== "title")) return;
      const given = words(other.get(leaf.text) || leaf.text);
      for (const word of given) {
        if (given.length === 1 && stops.has(word)) continue;
        stems.add(word);
        for (const name of head.languages) stems.add(stem(word, name));
      }
      const last = given[given.length - 1];
      if (leaf.open && last && last.length >= 3) beginnings.push(last);
    };
    nodes.forEach(gather);
    /** @param {string} form */
    const hit = (form) => stems.has(form) || beginnings.some((b) => form.startsWith(b)) || head.languages.some((/** @type {string} */ name) => stems.has(stem(form, name)));
    return (text) => S.spans(text).filter(([, , token]) => [...S.pieces(token), ...S.twins(token)].some(hit)).map(([start, end]) => [start, end]);
  };

  Object.assign(S, { open, whole, ask, ready, answer, card: shown, facets, names, marker, parse, nearest, days: () => days, load });
})();
