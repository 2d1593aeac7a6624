import { STATE } from "../../src/engine/forest/header";

/** The next number of the tree's stream: xoshiro128**, as SeededRandom.uint32. */
// @ts-ignore: AssemblyScript
@inline
export function nextUint32(): u32 {
  const at = <usize>STATE << 2;
  const s0 = load<u32>(at);
  let s1 = load<u32>(at, 4);
  let s2 = load<u32>(at, 8);
  let s3 = load<u32>(at, 12);
  const result: u32 = rotl<u32>(s1 * 5, 7) * 9;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  store<u32>(at, s0 ^ s3);
  store<u32>(at, s1, 4);
  store<u32>(at, s2 ^ t, 8);
  store<u32>(at, rotl<u32>(s3, 11), 12);
  return result;
}

/** Uniform in [0, 1), as SeededRandom.uniform. */
export function nextUniform(): f64 {
  const high = nextUint32() >> 5;
  const low = nextUint32() >> 6;
  return (<f64>high * 67108864 + <f64>low) / 9007199254740992;
}
