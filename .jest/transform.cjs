// Jest's sandbox makes each look-up of a global slow (about 0.4 µs), which slows numeric loops 25 to 80 times.
// Shadowing the four that hot loops read with module constants restores the speed; line numbers stay right.
const { createTransformer } = require("@swc/jest");
const SHADOW = "const{Math,Number,NaN,Infinity}=globalThis;";
exports.createTransformer = (options) => {
  const swc = createTransformer(options);
  const add = (result) => ({ ...result, code: SHADOW + result.code });
  return {
    ...swc,
    process: (...args) => add(swc.process(...args)),
    processAsync: async (...args) => add(await swc.processAsync(...args)),
  };
};
