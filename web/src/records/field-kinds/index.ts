/** The registry of field kinds: one import and one entry per kind; nothing else lists them. */
import { aboutKind } from "./about";
import { addressKind } from "./address";
import { autoNumberKind } from "./auto_number";
import { barcodeKind } from "./barcode";
import { booleanKind } from "./boolean";
import { buttonKind } from "./button";
import { choiceKind } from "./choice";
import { colorKind } from "./color";
import { creditCodeKind } from "./credit_code";
import { dateKind } from "./date";
import { datetimeKind } from "./datetime";
import { decimalKind } from "./decimal";
import { durationKind } from "./duration";
import { fileKind } from "./file";
import { formulaKind } from "./formula";
import { geoPointKind } from "./geo_point";
import { identityNumberKind } from "./identity_number";
import { imageKind } from "./image";
import { industryKind } from "./industry";
import { integerKind } from "./integer";
import { jsonKind } from "./json";
import { lastActivityKind } from "./last_activity";
import { longTextKind } from "./long_text";
import { lookupKind } from "./lookup";
import { lookupValueKind } from "./lookup_value";
import { mailKind } from "./mail";
import { mailsKind } from "./mails";
import { manyToManyKind } from "./many_to_many";
import { moneyKind } from "./money";
import { multiChoiceKind } from "./multi_choice";
import { percentKind } from "./percent";
import { personKind } from "./person";
import { phoneKind } from "./phone";
import { phonesKind } from "./phones";
import { progressKind } from "./progress";
import { ratingKind } from "./rating";
import { recordTypeKind } from "./record_type";
import { regionKind } from "./region";
import { richTextKind } from "./rich_text";
import { rollUpKind } from "./roll_up";
import { signatureKind } from "./signature";
import { subTableKind } from "./sub_table";
import { tagsKind } from "./tags";
import { textKind } from "./text";
import { timeKind } from "./time";
import type { FieldKind } from "./types";
import { urlKind } from "./url";
import { urlListKind } from "./url_list";

// biome-ignore lint/suspicious/noExplicitAny: each kind has its own value type; callers pass values of the field's kind.
export type AnyFieldKind = FieldKind<any>;

/** Built on first use, because some kinds offer records whose titles are told by other kinds. */
let byName: Map<string, AnyFieldKind> | undefined;

function registered(): Map<string, AnyFieldKind> {
  if (byName) return byName;
  const kinds: AnyFieldKind[] = [
    textKind,
    longTextKind,
    richTextKind,
    integerKind,
    decimalKind,
    moneyKind,
    percentKind,
    booleanKind,
    dateKind,
    datetimeKind,
    choiceKind,
    multiChoiceKind,
    recordTypeKind,
    mailKind,
    phoneKind,
    urlKind,
    addressKind,
    personKind,
    lookupKind,
    manyToManyKind,
    aboutKind,
    tagsKind,
    fileKind,
    autoNumberKind,
    jsonKind,
    formulaKind,
    lookupValueKind,
    rollUpKind,
    lastActivityKind,
    barcodeKind,
    buttonKind,
    colorKind,
    creditCodeKind,
    durationKind,
    geoPointKind,
    identityNumberKind,
    imageKind,
    industryKind,
    mailsKind,
    phonesKind,
    progressKind,
    ratingKind,
    regionKind,
    signatureKind,
    subTableKind,
    timeKind,
    urlListKind,
  ];
  byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  if (byName.size !== kinds.length) throw new Error("A field kind is registered twice");
  return byName;
}

/** The kind by its name. A kind this client does not know is shown as JSON and not edited. */
export function fieldKind(name: string): AnyFieldKind {
  return registered().get(name) ?? { ...jsonKind, kind: name, editableInCell: false };
}

/** All kinds, in the order of registration. */
export function fieldKinds(): readonly AnyFieldKind[] {
  return [...registered().values()];
}
