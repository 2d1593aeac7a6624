export { awaitMembers, run, serve } from "./crew";
export { writeTable } from "./route-table";
