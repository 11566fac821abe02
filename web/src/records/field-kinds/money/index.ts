/** money: an amount and its currency. */
import { NumberDisplay } from "../parts/plain-display";
import type { FieldKind } from "../types";
import { MoneyInput } from "./input";
import { asMoney, currencyOf, type Money, moneyProblem, moneyText, readMoney } from "./value";

export const moneyKind: FieldKind<Money | string | number> = {
  kind: "money",
  trait: "number",
  Display: NumberDisplay,
  Input: MoneyInput,
  toText: moneyText,
  fromText: (text, field) => readMoney(text, currencyOf(field)),
  isEmpty: (value) =>
    asMoney(value, { key: "", kind: "money", label: { "zh-CN": "", en: "" }, settings: {} }) === null,
  validate: moneyProblem,
  align: "end",
  editableInCell: true,
  cellEditor: "inline",
  width: 130,
};
