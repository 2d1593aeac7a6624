export { grow } from "./grow";
export { dropTrees, keepTree } from "./node-answers";
export { takeRows } from "./table";
export { drawSample, packTargets, takeTargets, writeKeys } from "./targets";
export { addVotes } from "./votes";
