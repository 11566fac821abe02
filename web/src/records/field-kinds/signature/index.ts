/** signature: one picture, drawn by hand. */
import { t } from "i18next";
import type { FileValue } from "@/api/types";
import { lazily } from "@/ui/lazily";
import { fileKind } from "../file";
import type { FieldKind, InputProps } from "../types";
import { SignatureDisplay } from "./display";

export const signatureKind: FieldKind<FileValue[]> = {
  ...fileKind,
  kind: "signature",
  Display: SignatureDisplay,
  Input: lazily<InputProps<FileValue[]>>(() => import("./input"), 200),
  toText: (value, _field, language) => (value?.length ? t("field-kinds.signature", { lng: language }) : ""),
  validate: (value) => (value.length === 1 && value[0]?.type === "image/png" ? null : { code: "signature" }),
  width: 120,
};
