/** What of a list lives in its address. */
export { type ListSearch, parseListSearch } from "../query/list-state";
