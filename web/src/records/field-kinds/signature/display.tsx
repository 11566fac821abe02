/** A signature as it was drawn. */
import { useTranslation } from "react-i18next";
import type { FileValue } from "@/api/types";
import classes from "../field-kinds.module.css";
import { pictureUrl } from "../file/upload";
import type { DisplayProps } from "../types";

export function SignatureDisplay({ value, inline = true }: DisplayProps<FileValue[]>) {
  const { t } = useTranslation();
  const file = value?.[0];
  if (!file) return null;
  return (
    <img
      className={inline ? classes.thumb : classes.signature}
      src={pictureUrl(file)}
      alt={t("field-kinds.signature")}
      loading="lazy"
    />
  );
}
