/** Editor of rich words; the editor itself is loaded when somebody writes. */
import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { InputProps } from "../types";

const Editor = lazy(() => import("./editor"));

export function RichTextInput(props: InputProps<string>) {
  return (
    <Suspense fallback={<Skeleton height={120} radius="sm" />}>
      <Editor {...props} />
    </Suspense>
  );
}
