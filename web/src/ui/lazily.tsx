/** A part of a screen that few people open: its code is loaded when it is first drawn. */
import { Skeleton } from "@mantine/core";
import { type ComponentType, lazy, Suspense } from "react";

export function lazily<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  height: number | string = 36,
): ComponentType<P> {
  const Part = lazy(load) as unknown as ComponentType<P>;
  return (props: P) => (
    <Suspense fallback={<Skeleton height={height} radius="sm" />}>
      <Part {...props} />
    </Suspense>
  );
}
