import type { NamedTable } from "../data/real-table.ts";

/** Columns of the real table by the source that they come from, in lower case and with the spelling mended. */
const SOURCES = {
  rankings: ["page_rank", "google_index", "links_pointing_to_page"],
  traffic: ["web_traffic"],
  whois: ["age_of_domain", "domain_registration_length", "dnsrecord"],
  page: [
    "favicon",
    "request_url",
    "url_of_anchor",
    "links_in_tags",
    "sfh",
    "submitting_to_email",
    "redirect",
    "on_mouseover",
    "rightclick",
    "popupwindow",
    "iframe",
  ],
} as const;

type Source = keyof typeof SOURCES;

/** Sources that are gone when predictions are asked for. */
export interface Scenario {
  readonly title: string;
  readonly sources: readonly Source[];
}

export const SCENARIOS: readonly Scenario[] = [
  { title: "nothing", sources: [] },
  { title: "3: rank, index, backlinks", sources: ["rankings"] },
  { title: "4: and traffic", sources: ["rankings", "traffic"] },
  { title: "7: and WHOIS", sources: ["rankings", "traffic", "whois"] },
  {
    title: "15: rank, index, backlinks, traffic, page",
    sources: ["rankings", "traffic", "page"],
  },
];

/** The columns that a scenario misses, by their indices. */
export function missingColumns(table: NamedTable, { sources }: Scenario): readonly number[] {
  return sources.flatMap((source) => columnsOf(table, source));
}

/** The columns that masked copies hide together: a list a source. */
export function maskGroupsOf(table: NamedTable): readonly (readonly number[])[] {
  return Object.keys(SOURCES).map((source) => columnsOf(table, source as Source));
}

/** @throws RangeError for a table without them */
function columnsOf({ names }: NamedTable, source: Source): readonly number[] {
  const known = names.map((name) =>
    name.toLowerCase().replace("registeration", "registration").replace("widnow", "window"),
  );
  return SOURCES[source].map((name) => {
    const column = known.indexOf(name);
    if (column < 0) throw new RangeError(`The table has no column '${name}'`);
    return column;
  });
}
