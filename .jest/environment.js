// Typed arrays that come from workers or native code must be instances of the sandbox's own classes.
import { TestEnvironment } from "jest-environment-node";
const SHARED = {
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
  SharedArrayBuffer,
};
export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, SHARED);
  }
}
