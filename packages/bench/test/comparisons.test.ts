import { FITS, QUALITY_MODELS, SCALE_FITS } from "../src/comparisons.ts";
import { completeParams, hasFamily } from "../src/sides/complete-params.ts";
import { NPM_MODELS } from "../src/sides/npm-models.ts";

const models = [
  ...[...FITS, ...SCALE_FITS].map(({ gillnet }) => gillnet),
  ...QUALITY_MODELS.flatMap((each) => (each.side === "gillnet" ? [each.model] : [])),
];

test("names are told apart", () => {
  for (const list of [FITS, SCALE_FITS]) {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  }
  expect(new Set(QUALITY_MODELS.map(({ side, name }) => `${side} ${name}`)).size).toBe(
    QUALITY_MODELS.length,
  );
});

test.each(models.filter(({ family }) => hasFamily(family)))(
  "$family has the parameters that are given to it",
  ({ family, params }) => {
    expect(completeParams(family, params)).toMatchObject(params);
  },
);

test("npm peers are there to be loaded", () => {
  const named = FITS.flatMap(({ peers }) =>
    peers.flatMap((peer) => ("npm" in peer ? [peer.npm] : [])),
  );
  expect(Object.keys(NPM_MODELS).sort()).toEqual(named.sort());
});
