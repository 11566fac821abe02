/** The sales area on the screens: stage path and conversion on record pages. */
import { CopyPlus, Undo2 } from "lucide-react";
import { lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { can } from "@/lib/rights";
import { extendBoard } from "@/records/board/extensions";
import { extendRecordPage } from "@/records/page/extensions";
import { RottingMark } from "./parts/rotting-mark";

export function registerSales(): void {
  extendRecordPage("opportunity", {
    Banner: lazy(() => import("./parts/stage-path").then((module) => ({ default: module.StagePath }))),
    tabs: [
      {
        key: "team",
        title: "sales.tab_team",
        field: "team",
        Panel: lazy(async () => {
          const [module] = await Promise.all([import("./team/team-tab"), loadTexts("areas/sales/team")]);
          return { default: module.TeamTab };
        }),
      },
      {
        key: "competitors",
        title: "sales.tab_competitors",
        field: "competitors",
        Panel: lazy(() =>
          import("./losses/competitors-tab").then((module) => ({ default: module.CompetitorsTab })),
        ),
      },
      {
        key: "probability",
        title: "sales.tab_probability",
        isFor: (_me, record) => "probability" in record,
        Panel: lazy(async () => {
          const [module] = await Promise.all([
            import("./probability/probability-tab"),
            loadTexts("areas/sales/probability"),
          ]);
          return { default: module.ProbabilityTab };
        }),
      },
    ],
    menu: [
      {
        key: "clone",
        title: "sales.clone",
        icon: CopyPlus,
        isFor: (object) => can(object, "create"),
        Dialog: lazy(async () => {
          const [module] = await Promise.all([
            import("./clone/clone-dialog"),
            loadTexts("areas/sales/clone"),
          ]);
          return { default: module.CloneDialog };
        }),
      },
    ],
  });
  extendBoard("opportunity", {
    Move: lazy(() => import("./parts/move-on-board").then((module) => ({ default: module.MoveOnBoard }))),
    Mark: RottingMark,
    select: ["rots_at", "stage_since"],
    answers: (code) => code.startsWith("sales.gate_") || code === "sales.loss_reason_required",
  });
  extendRecordPage("lead", {
    Banner: lazy(async () => {
      const [module] = await Promise.all([
        import("./assignment/accept-banner"),
        loadTexts("areas/sales/assignment"),
      ]);
      return { default: module.AcceptBanner };
    }),
    PrimaryAction: lazy(() =>
      import("./parts/convert-lead").then((module) => ({ default: module.ConvertLead })),
    ),
    menu: [
      {
        key: "revert-conversion",
        title: "sales.revert_conversion",
        icon: Undo2,
        isFor: (object, record) => record.status === "converted" && can(object, "edit"),
        Dialog: lazy(async () => {
          const [module] = await Promise.all([
            import("./conversion/revert-dialog"),
            loadTexts("areas/sales/conversion"),
          ]);
          return { default: module.RevertDialog };
        }),
      },
    ],
    tabs: [
      {
        key: "grade",
        title: "page.tab_grade",
        Panel: lazy(async () => {
          const [module] = await Promise.all([
            import("./grading/grade-tab"),
            loadTexts("areas/sales/grading"),
          ]);
          return { default: module.GradeTab };
        }),
      },
      {
        key: "assignment",
        title: "page.tab_assignment",
        Panel: lazy(async () => {
          const [module] = await Promise.all([
            import("./assignment/assignment-tab"),
            loadTexts("areas/sales/assignment"),
          ]);
          return { default: module.AssignmentTab };
        }),
      },
    ],
  });
}
