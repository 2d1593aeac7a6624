export { grow } from "./grow";
export { begin, takeRows } from "./table";
export { addVotes } from "./votes";
