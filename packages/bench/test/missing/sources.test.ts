import { maskGroupsOf, missingColumns, SCENARIOS } from "../../src/missing/sources.ts";

const names = [
  "Page_Rank",
  "Google_Index",
  "Links_pointing_to_page",
  "web_traffic",
  "age_of_domain",
  "Domain_registeration_length",
  "DNSRecord",
  "Favicon",
  "Request_URL",
  "URL_of_Anchor",
  "Links_in_tags",
  "SFH",
  "Submitting_to_email",
  "Redirect",
  "on_mouseover",
  "RightClick",
  "popUpWidnow",
  "Iframe",
  "other",
];
const table = { x: new Float64Array(0), y: new Uint8Array(0), cols: names.length, names };

test("a scenario's columns are as many as its title says", () => {
  for (const scenario of SCENARIOS) {
    const wanted = Number(/^\d+/.exec(scenario.title)?.[0] ?? 0);
    expect(new Set(missingColumns(table, scenario)).size).toBe(wanted);
  }
});

test("every column is in one group at most", () => {
  const columns = maskGroupsOf(table).flat();
  expect(columns.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, i) => i));
});

test("a table without the columns is refused", () => {
  expect(() => maskGroupsOf({ ...table, names: names.slice(1) })).toThrow(RangeError);
});
