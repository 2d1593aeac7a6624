import { NodeStack } from "../../src/engine/node-stack.ts";

test("keeps every field of every entry while it grows", () => {
  const stack = new NodeStack();
  for (let i = 0; i < 300; i++) {
    stack.push(
      i,
      i % 2 === 0 ? 0 : 1,
      i + 1,
      2 * i,
      3 * i,
      i / 2,
      i / 4,
      i % 3 ? null : new Float64Array(i),
    );
  }
  expect(stack.size).toBe(300);
  for (const i of [0, 63, 64, 128, 299]) {
    expect(stack.parent[i]).toBe(i);
    expect(stack.isRight[i]).toBe(i % 2);
    expect(stack.depth[i]).toBe(i + 1);
    expect(stack.start[i]).toBe(2 * i);
    expect(stack.end[i]).toBe(3 * i);
    expect(stack.sum[i]).toBe(i / 2);
    expect(stack.weight[i]).toBe(i / 4);
    expect(stack.histogram[i]?.length).toBe(i % 3 ? undefined : i);
  }
});
