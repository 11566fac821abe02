/** The activities area on the screens: tasks are ticked off where they stand. */
import { lazy } from "react";
import { extendRecordPage } from "@/records/page/extensions";

export function registerActivities(): void {
  extendRecordPage("task", {
    TimelineMark: lazy(() => import("./parts/task-tick").then((module) => ({ default: module.TaskTick }))),
    PrimaryAction: lazy(() =>
      import("./parts/complete-task").then((module) => ({ default: module.CompleteTask })),
    ),
  });
}
