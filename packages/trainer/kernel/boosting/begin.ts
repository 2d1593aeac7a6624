import {
  BIT_WORDS, BOOSTER_FACTOR, BOOSTER_LEAF, BOOSTER_ODDS, BOOSTER_PACKED, BOOSTER_PROBABILITIES, BOOSTER_ROOT_BINS, GROUPS,
  JOINT_CELLS, JOINT_CODES, PAIR_BINS, PLACES, PLAN, SAMPLE_BITS, SAMPLE_PACKED, SAMPLE_SUMS, SAMPLE_WEIGHTS, SCALE, STRIDE, TAKING,
  TOTAL_BINS,
} from "../../src/engine/boosting/header";
import { countPair, countSet } from "./histogram";
import { findResiduals, multiplyOdds } from "./residuals";
import { int, real, word } from "../header/words";

/**
 * Counts the last trees of one or two boosters in, and counts the roots of the next ones. Two at once read the rows'
 * codes once, and add both numbers by one instruction.
 *
 * @param second address of the second booster; 0 when there is none
 */
export function beginTrees(first: usize, second: usize): void {
  beginTree(first);
  const packed = <usize>load<u32>(first, BOOSTER_PACKED);
  const bins = <usize>load<u32>(first, BOOSTER_ROOT_BINS);
  const set = word(SAMPLE_BITS);
  const words = int(BIT_WORDS);
  const codes = word(JOINT_CODES);
  const stride = word(STRIDE);
  const groups = int(GROUPS);
  const cells = word(JOINT_CELLS);
  const plan = word(PLAN);
  if (second === 0) {
    countSet(set, words, codes, stride, groups, packed, cells, plan, bins);
    return;
  }
  beginTree(second);
  const pairs = word(PAIR_BINS);
  const others = <usize>load<u32>(second, BOOSTER_PACKED);
  countPair(set, words, codes, stride, groups, packed, others, cells, plan, pairs);
  const otherBins = <usize>load<u32>(second, BOOSTER_ROOT_BINS);
  for (let bin: usize = 0, end = word(TOTAL_BINS); bin < end; bin++) {
    store<i64>(bins + (bin << 3), load<i64>(pairs + (bin << 4)));
    store<i64>(otherBins + (bin << 3), load<i64>(pairs + (bin << 4), 8));
  }
}

function beginTree(booster: usize): void {
  const taking = word(TAKING);
  const odds = <usize>load<u32>(booster, BOOSTER_ODDS);
  const leaf = <usize>load<u32>(booster, BOOSTER_LEAF);
  const factor = <usize>load<u32>(booster, BOOSTER_FACTOR);
  findResiduals(
    <i32>taking, odds, leaf, factor, word(SAMPLE_SUMS), word(SAMPLE_WEIGHTS), real(SCALE), word(SAMPLE_PACKED),
    load<u32>(booster, BOOSTER_PACKED), load<u32>(booster, BOOSTER_PROBABILITIES),
  );
  // Rows that take no part have odds all the same.
  multiplyOdds(<i32>(word(PLACES) - taking), odds + (taking << 3), leaf + taking, factor);
}
