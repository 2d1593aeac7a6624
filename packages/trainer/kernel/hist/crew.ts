import {
  AREA_BYTES, AREAS, ARRIVED, BUILD_BYTES, BUILDS, CHUNK, COLUMN_HAS_MISSING, COLUMN_VALUE_BINS, COLUMNS, COMMAND,
  COMMAND_SEARCH, COMMAND_SETTLE, COMMAND_START, JOB_BYTES, JOB_COUNT, JOB_HISTOGRAM, JOB_NODE,
  JOB_PARENT_HISTOGRAM, JOB_SIBLING, JOBS, JOINED, NEXT, NO_NODE, NODE_BYTES, NODE_COUNT, NODE_GRADIENT, NODE_HESSIAN, NODES, PHYSICAL, ROW_COUNTS,
  ROWS, SCRATCH, SCRATCH_BYTES, THREADS, TOTAL_BINS, TURN,
} from "../../src/engine/hist/header";
import { addAll, fold, subtractAll } from "./fold";
import { addToHistograms } from "./histogram";
import { settleRows, splitRows, startRows } from "./rows";
import { searchNode } from "./search";
import { word } from "../header/words";

/** Looks at a word this often before sleeping on it: waking up takes some 50 microseconds. */
const SPINS = 20000;
/** After this long, in nanoseconds, the leader looks up whether a member has died. */
const PATIENCE: i64 = 100_000_000;

/**
 * Does a command together with `turn & 255` members of the crew. Returns whether they are done: if not, the caller
 * goes on with `await`. `turn` must differ from the last one.
 */
export function run(turn: i32): bool {
  atomic.store<i32>(NEXT, 0);
  atomic.store<i32>(ARRIVED, 0);
  if ((turn & 255) > 0) {
    atomic.store<i32>(TURN, turn);
    atomic.notify(TURN, -1);
  }
  work(0);
  return awaitMembers(turn);
}

/** Waits for the members of a command, for a while. */
export function awaitMembers(turn: i32): bool {
  const members = turn & 255;
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(ARRIVED) === members) return true;
  }
  let arrived = atomic.load<i32>(ARRIVED);
  while (arrived !== members) {
    const timedOut = atomic.wait<i32>(ARRIVED, arrived, PATIENCE) === 2;
    arrived = atomic.load<i32>(ARRIVED);
    if (timedOut) break;
  }
  return arrived === members;
}

/** A member's life: joins, and does its share of every command until its thread is ended. */
export function serve(): void {
  let seen = atomic.load<i32>(TURN);
  const member = atomic.add<i32>(JOINED, 1);
  for (;;) {
    for (let spin = 0; spin < SPINS && atomic.load<i32>(TURN) === seen; spin++) {}
    while (atomic.load<i32>(TURN) === seen) atomic.wait<i32>(TURN, seen, -1);
    // The turn holds the number of members: read apart it might be that of the turn after.
    seen = atomic.load<i32>(TURN);
    if (member >= (seen & 255)) continue;
    work(member + 1);
    atomic.add<i32>(ARRIVED, 1);
    atomic.notify(ARRIVED, 1);
  }
}

/** A thread's share of the command. Which thread does what has no bearing on the results: sums are of integers. */
function work(thread: usize): void {
  const command = word(COMMAND);
  if (command === COMMAND_SEARCH) {
    const jobs = word(JOB_COUNT);
    for (let job = next(); job < jobs; job = next()) searchJob(word(JOBS) + job * JOB_BYTES, thread);
    return;
  }
  const area = word(AREAS) + thread * word(AREA_BYTES);
  const list = word(SCRATCH) + thread * word(SCRATCH_BYTES);
  const rows = word(ROWS);
  const chunk = word(CHUNK);
  if (command !== COMMAND_SETTLE) memory.fill(area, 0, word(JOB_COUNT) * word(BUILD_BYTES));
  for (let start = next() * chunk; start < rows; start = next() * chunk) {
    const end = min(rows, start + chunk);
    if (command === COMMAND_SETTLE) settleRows(start, end, thread);
    else if (command === COMMAND_START) addToHistograms(list, startRows(start, end, area, list));
    else addToHistograms(list, splitRows(start, end, area, list));
  }
}

function next(): usize {
  return <usize>atomic.add<i32>(NEXT, 1);
}

/** Completes the histograms of a node, and of its sibling by subtraction; finds their best splits. */
function searchJob(job: usize, thread: usize): void {
  const scratch = word(SCRATCH) + thread * word(SCRATCH_BYTES) + (word(CHUNK) << 3) + 8;
  const node = <usize>load<u32>(job, JOB_NODE);
  const sibling = <usize>load<u32>(job, JOB_SIBLING);
  const bytes = word(TOTAL_BINS) << 3;
  const counting = word(ROW_COUNTS) !== 0;
  const counted = word(AREAS) + <usize>load<u32>(word(BUILDS) + (node << 2)) - 1;
  const threads = word(THREADS);
  for (let other: usize = 1; other < threads; other++) {
    addAll(counted, counted + other * word(AREA_BYTES), word(BUILD_BYTES));
  }
  let cells = <usize>load<u32>(job, JOB_HISTOGRAM);
  if (cells === 0) cells = scratch + 4096;
  const counts = counting ? cells + bytes : 0;
  fold(counted, cells);
  if (counting) fold(counted + (word(PHYSICAL) << 11), counts);
  if (node === 0) sumRoot(cells, counts);
  searchNode(node, cells, counts, scratch);
  if (sibling === NO_NODE) return;
  const rest = <usize>load<u32>(job, JOB_PARENT_HISTOGRAM);
  subtractAll(rest, cells, counting ? 2 * bytes : bytes);
  searchNode(sibling, rest, counting ? rest + bytes : 0, scratch);
}

/** The root's sums, from the bins of the first column. */
function sumRoot(cells: usize, counts: usize): void {
  const column = word(COLUMNS);
  const bins = <usize>(load<i32>(column, COLUMN_VALUE_BINS) + load<i32>(column, COLUMN_HAS_MISSING));
  let sum: i64 = 0;
  let count: i64 = 0;
  for (let at: usize = 0; at < bins << 3; at += 8) {
    sum += load<i64>(cells + at);
    if (counts !== 0) count += load<i64>(counts + at);
  }
  const root = word(NODES);
  store<i32>(root, <i32>(sum >> 32), NODE_GRADIENT);
  store<u32>(root, <u32>sum, NODE_HESSIAN);
  store<u32>(root, <u32>count, NODE_COUNT);
}
