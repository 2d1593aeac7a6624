export { grow } from "./grow";
export { begin, takeRows } from "./table";
