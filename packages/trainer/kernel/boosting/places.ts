import { ANSWERS, BOOSTER_FACTOR, BOOSTER_LEAF, BOOSTER_ODDS, PLACES, ROW_AT } from "../../src/engine/boosting/header";
import { word } from "../header/words";

/*
 * From rows to places before the first tree, and back.
 */

/**
 * OUT `codes`: a column's bins in the order of the places.
 *
 * @param bins a row of the matrix
 * @param order the row at each place, int32; -1 for a place that no row has, which gets bin 0
 */
export function placeColumn(bins: usize, order: usize, places: i32, codes: usize): void {
  for (let place: usize = 0; place < <usize>places; place++) {
    const row = load<i32>(order + (place << 2));
    store<u8>(codes + place, row < 0 ? 0 : load<u8>(bins + <usize>row));
  }
}

/**
 * Adds a column's digit to the joint codes of its group.
 *
 * @param codes the column's bins, a byte a place
 * @param radix what a bin counts in the joint code
 * @param joint IN and OUT: the group's byte of the first place, `stride` bytes before the next one's
 */
export function addDigits(codes: usize, places: i32, radix: i32, joint: usize, stride: usize): void {
  let at = joint;
  for (let place: usize = 0; place < <usize>places; place++, at += stride) {
    store<u8>(at, <u8>(<i32>load<u8>(at) + radix * <i32>load<u8>(codes + place)));
  }
}

/** OUT ANSWERS: a booster's answers with the last tree counted in. */
export function findAnswers(booster: usize): void {
  const odds = <usize>load<u32>(booster, BOOSTER_ODDS);
  const leaf = <usize>load<u32>(booster, BOOSTER_LEAF);
  const factor = <usize>load<u32>(booster, BOOSTER_FACTOR);
  const rowAt = word(ROW_AT);
  const answers = word(ANSWERS);
  for (let place: usize = 0, end = word(PLACES); place < end; place++) {
    const row = load<i32>(rowAt + (place << 2));
    if (row < 0) continue;
    const now = load<f64>(odds + (place << 3)) * load<f64>(factor + (<usize>load<u8>(leaf + place) << 3));
    store<f64>(answers + (<usize>row << 3), 1 / (1 + now));
  }
}
