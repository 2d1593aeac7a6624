import { SeededRandom } from "@gillnet/entity";

import { DropoutMasks } from "../../../src/families/network/dropout-masks.ts";
import { startTensorFlow } from "../../../src/families/network/tensorflow.ts";

test("about the share is left out, what is kept makes up for it, and each step draws anew", async () => {
  const { tf } = await startTensorFlow();
  const draws = (): number[][] => {
    const masks = new DropoutMasks(tf, [30, 20], 0.2, new SeededRandom(4));
    return tf.tidy(() =>
      [masks.draw(50), masks.draw(50)].flat().map((mask) => Array.from(mask.dataSync())),
    );
  };
  const [first, second, third] = draws() as [number[], number[], number[]];
  expect([first.length, second.length, third.length]).toEqual([1500, 1000, 1500]);
  expect(new Set(first)).toEqual(new Set([0, 1.25]));
  const leftOut = first.filter((value) => value === 0).length / 1500;
  expect(Math.abs(leftOut - 0.2)).toBeLessThan(0.05);
  expect(third).not.toEqual(first);
  expect(draws()[2]).toEqual(third);
});

test("at rate 0 there are none", async () => {
  const { tf } = await startTensorFlow();
  expect(new DropoutMasks(tf, [30], 0, new SeededRandom(4)).draw(5)).toEqual([]);
});
