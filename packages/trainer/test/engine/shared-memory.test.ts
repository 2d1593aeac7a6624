import { sharedF64, sharedI32, sharedU8 } from "../../src/engine/shared-memory.ts";

test.each([sharedF64, sharedI32, sharedU8])("zeroed arrays over shared memory", (create) => {
  const array = create(5);
  expect(Array.from(array)).toEqual([0, 0, 0, 0, 0]);
  expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
});
