/** address: province, city, district, street, postcode. */
import type { AddressValue } from "@/api/types";
import { formatAddress } from "@/lib/format";
import { PlainDisplay } from "../parts/plain-display";
import type { FieldKind } from "../types";
import { AddressInput } from "./input";
import { parseAddress } from "./value";

export const addressKind: FieldKind<AddressValue> = {
  kind: "address",
  trait: "text",
  Display: PlainDisplay,
  Input: AddressInput,
  toText: formatAddress,
  fromText: parseAddress,
  isEmpty: (value) => !value || Object.values(value).every((part) => !part),
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 220,
};
