// What the search scripts share; for the type check alone.
interface SitegenSearch {
  parts: Map<string, any[]>;
  take: (name: string, ...given: any[]) => void;
  fold: (word: string) => string;
  pieces: (token: string) => string[];
  twins: (token: string) => string[];
  spans: (text: string) => [number, number, string][];
  stem: (form: string, language: string) => string;
  digit: (code: number) => number;
  numbers: (text: string) => number[];
  words: (text: string) => string[];
  plainSlug: (name: string) => string;
  [name: string]: any;
}
interface Window {
  sitegenSearch: SitegenSearch;
  sitegenSearchBox?: boolean;
}
