/** Editor of a rating: a click on a star sets it, one on the same star takes it away. */
import { Input, Rating } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";
import { mostStars } from "./value";

export default function RatingInput(props: InputProps<number>) {
  const { t } = useTranslation();
  const most = mostStars(props.field);
  const editor = useEditor<number>(props, () => props.value ?? null);
  const pick = (stars: number) => {
    const next = stars || null;
    props.onChange(next);
    editor.pick(next);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to keys of the stars inside.
    <div onKeyDown={editor.onKeyDown} onBlur={editor.onBlur}>
      <Rating
        id={props.id}
        role="group"
        aria-label={props["aria-label"]}
        count={most}
        value={props.value ?? 0}
        readOnly={props.disabled}
        allowClear
        getSymbolLabel={(value) => `${props["aria-label"] ?? ""} ${t("field-kinds.stars", { value, most })}`}
        onChange={pick}
      />
      {typeof props.error === "string" && <Input.Error>{props.error}</Input.Error>}
    </div>
  );
}
