/* Words as the index has them: parted, folded, stemmed; the same as pages/search/words.py, by test. */
(() => {
  "use strict";
  /** @type {Map<string, any[]>} */
  const parts = new Map();
  const LONGEST = 40;
  const LETTERS = "[\\p{L}\\p{N}\\p{M}_]+";
  const TOKEN = new RegExp(`(?:[\\p{L}\\p{Nl}\\p{No}]\\.){2,}(?:[\\p{L}\\p{Nl}\\p{No}](?![\\p{L}\\p{N}\\p{M}_]))?|${LETTERS}(?:['’ʼ]${LETTERS})*`, "gu");
  const TOGETHER = /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+)/;
  const ACCENT = /([\u0438\u0443]\u0306|\u0456\u0308)|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
  const FROM = [..."ßςıøæœłđþðёأإآٱىةکی"];
  const TO = "ss σ i o ae oe l d th d е ا ا ا ا ي ه ك ي".split(" ");
  /** @type {Record<string, string>} */
  const SWAPPED = Object.fromEntries(FROM.map((letter, at) => [letter, TO[at]]));
  const SWAP = new RegExp(`[${FROM.join("")}]`, "g");
  /** @type {Record<string, string>} */
  const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue" };

  /** @param {string} word */
  const fold = (word) => {
    const lower = word.toLowerCase();
    if (/^[\x00-\x7f]*$/.test(lower)) return lower;
    const plain = lower.normalize("NFKD").replace(ACCENT, (_, kept) => kept || "");
    return plain.normalize("NFKC").replace(SWAP, (letter) => SWAPPED[letter]);
  };

  /** @param {string} part */
  const pairs = (part) => {
    const composed = part.normalize("NFKC");
    if (!TOGETHER.test(composed)) return [fold(part).slice(0, LONGEST)];
    /** @type {string[]} */
    const found = [];
    composed.split(TOGETHER).forEach((run, at) => {
      if (at % 2 && run.length > 1) for (let i = 0; i < run.length - 1; i++) found.push(fold(run.slice(i, i + 2)));
      else if (run) found.push(fold(run).slice(0, LONGEST));
    });
    return found;
  };

  /** The folded words that a token stands for. @param {string} token @returns {string[]} */
  const pieces = (token) => {
    if (/^[A-Za-z0-9]+$/.test(token)) return [token.toLowerCase().slice(0, LONGEST)];
    if (token.includes(".")) return [fold(token.replaceAll(".", "")).slice(0, LONGEST)];
    const cut = token.replace(/['’ʼ]/g, " ' ").replaceAll("_", " ").split(" ").filter(Boolean);
    const kept = cut.filter((part, at) => part !== "'" && !([...part].length === 1 && (cut[at - 1] === "'" || cut[at + 1] === "'")));
    return kept.flatMap(pairs).filter(Boolean);
  };

  /** The words under which a token with an umlaut is found as well. @param {string} token */
  const twins = (token) => {
    const written = token.toLowerCase().normalize("NFC");
    return /[äöü]/.test(written) ? pieces(written.replace(/[äöü]/g, (letter) => UMLAUTS[letter])) : [];
  };

  /** Start, end and text of each token. @param {string} text @returns {[number, number, string][]} */
  const spans = (text) => [...text.matchAll(TOKEN)].map((m) => [m.index, m.index + m[0].length, m[0]]);

  /** @type {Map<string, {stemWord: (word: string) => string}>} */
  const stemmers = new Map();
  /** @param {string} form @param {string} language */
  const stem = (form, language) => {
    if (!/\D/.test(form)) return form;
    let made = stemmers.get(language);
    if (!made) {
      const maker = /** @type {any} */ (window)[`${language[0].toUpperCase()}${language.slice(1)}Stemmer`];
      if (!maker) return form;
      stemmers.set(language, (made = /** @type {{stemWord: (word: string) => string}} */ (new maker())));
    }
    return fold(made.stemWord(form)) || form;
  };

  /** The number of a character. @param {number} code */
  const digit = (code) => code - (code > 92 ? 36 : 35);
  /** The numbers of a string of the index. @param {string} text @returns {number[]} */
  const numbers = (text) => {
    const found = [];
    let high = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 41000) {
        high = (code - 41000) * 40000;
        continue;
      }
      found.push(high + digit(code));
      high = 0;
    }
    return found;
  };

  window.sitegenSearch = {
    parts,
    /** Every file of the index calls this. @param {string} name @param {any[]} given */
    take: (name, ...given) => void parts.set(name, given),
    fold, pieces, twins, spans, stem, numbers, digit,
    /** @param {string} text */
    words: (text) => spans(text).flatMap(([, , token]) => pieces(token)),
    /** @param {string} name */
    plainSlug: (name) => fold(name).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80),
  };
})();
