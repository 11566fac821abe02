import { expect, test } from "vitest";
import { pluralOf } from "./plural";

test.each([
  ["Project", "Projects"],
  ["Opportunity", "Opportunities"],
  ["Survey", "Surveys"],
  ["Branch", "Branches"],
  ["Tax", "Taxes"],
  ["Business unit", "Business units"],
  ["Analysis", "Analyses"],
  ["Contact person", "Contact people"],
  ["Salesman", "Salesmen"],
  ["Human", "Humans"],
  ["child", "children"],
  ["Equipment", "Equipment"],
  ["SKU", "SKUs"],
  ["Zone 4", "Zone 4"],
  ["项目", "项目"],
  ["  Site ", "Sites"],
  ["", ""],
])("%s becomes %s", (name, plural) => {
  expect(pluralOf(name)).toBe(plural);
});
