import { independentSample } from "../../src/drift/independent-sample.ts";
import { numeric } from "../ingested-part.ts";
import { partOf } from "./two-parts.ts";

const PART = partOf([numeric("x", [1, 1, 2, 1])], {
  groups: [4, 4, 7, 4],
  weights: [1, 2, 5, 1],
});

test("by vector: each vector votes once, whatever its copies and their weights", () => {
  const { rows, votes, size } = independentSample(PART, "vector");
  expect([...rows]).toEqual([0, 2]);
  expect([...votes]).toEqual([1, 1]);
  expect(size).toBe(2);
});

test("by group: each group has one vote, which its rows share by weight", () => {
  const { rows, votes, size } = independentSample(PART, "group");
  expect([...rows]).toEqual([0, 1, 2, 3]);
  expect([...votes]).toEqual([0.25, 0.5, 1, 0.25]);
  expect(size).toBe(2);
});

test("at random: each row votes once", () => {
  const { rows, votes, size } = independentSample(PART, "random");
  expect([...rows]).toEqual([0, 1, 2, 3]);
  expect([...votes]).toEqual([1, 1, 1, 1]);
  expect(size).toBe(4);
});
