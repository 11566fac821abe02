/** What of a list lives in its address. */
export { parseListSearch } from "../query/list-state";
