/** Labelled things: the first ones in a line in cells, one below the other on pages. */
import clsx from "clsx";
import type { ReactNode } from "react";
import type { ChoiceOption } from "@/api/types";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { type Labelled, labelsOf, labelText } from "./labelled";

interface LabelledDisplayProps extends DisplayProps<Labelled[]> {
  usual: ChoiceOption[];
  write(value: string): string;
  /** The link of one value; without it the words stand alone. */
  href(value: string): string | null;
}

export function LabelledDisplay(props: LabelledDisplayProps) {
  const { value, field, language, linked = true, inline = true, usual, write, href } = props;
  const labels = labelsOf(field, usual);
  const one = (item: Labelled): ReactNode => {
    const address = linked ? href(item.value) : null;
    const external = address?.startsWith("http") ? { target: "_blank", rel: "noopener noreferrer" } : {};
    return address ? (
      <a className={clsx(classes.link, classes.numeric)} href={address} {...external}>
        {write(item.value)}
      </a>
    ) : (
      <span className={clsx(classes.line, classes.numeric)}>{write(item.value)}</span>
    );
  };
  const items = (value ?? []).map((item) => (
    <li key={item.value} className={classes.fileRow}>
      {one(item)}
      {item.label && <span className={classes.hint}>{labelText(labels, item.label, language)}</span>}
    </li>
  ));
  return <ul className={clsx(inline ? classes.inlineList : classes.files)}>{items}</ul>;
}
