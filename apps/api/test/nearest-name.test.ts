import { nearestName } from "../src/nearest-name.ts";

test.each([
  ["URL_Length", ["url length", "URL"], "url length"],
  ["Shortining_Service", ["Shortening_Service"], "Shortening_Service"],
  ["port", ["prot", "part", "x"], "part"],
  ["SFH", ["SSL", "Iframe"], undefined],
  ["age_of_domain", ["", "domain_age"], undefined],
  ["Favicon", ["favicons", "favicon"], "favicon"],
])("%s among %j", (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
