/** What lies over the page when it is asked for, and what watches over it: none of it is needed at first sight. */
import { lazy, Suspense } from "react";
import { useHeldChange } from "@/lib/held-changes";
import { loadTexts } from "@/lib/i18n";
import { useMe } from "@/lib/me";
import { useViewAs } from "@/lib/view-as";
import { useCreateRequests } from "@/records/form/create-dialog";
import { useShell } from "./shell-state";

const Palette = lazy(() => import("./palette").then((module) => ({ default: module.Palette })));
const ShortcutsHelp = lazy(() =>
  import("./shortcuts-help").then((module) => ({ default: module.ShortcutsHelp })),
);

const SubmitDialog = lazy(async () => {
  const [{ SubmitDialog }] = await Promise.all([
    import("@/areas/approvals/submit-dialog"),
    loadTexts("areas/approvals"),
  ]);
  return { default: SubmitDialog };
});
const ViewAsDialog = lazy(() =>
  import("./view-as-dialog").then((module) => ({ default: module.ViewAsDialog })),
);
const Watermark = lazy(() => import("./watermark").then((module) => ({ default: module.Watermark })));
const IdleWatch = lazy(() => import("./idle-watch").then((module) => ({ default: module.IdleWatch })));
const CreateDialogs = lazy(() =>
  import("@/records/form/create-dialogs").then((module) => ({ default: module.CreateDialogs })),
);

export function Overlays() {
  const { palette, help } = useShell();
  const creating = useCreateRequests((state) => state.requests.length > 0);
  const held = useHeldChange((state) => state.asked);
  const me = useMe();
  const { asked, ask } = useViewAs();
  return (
    <Suspense fallback={null}>
      {palette && <Palette />}
      {help && <ShortcutsHelp />}
      {creating && <CreateDialogs />}
      {held && <SubmitDialog change={held} />}
      {asked && <ViewAsDialog person={asked} onClose={() => ask(null)} />}
      {me.sign_in.watermark && <Watermark name={me.view_as?.by ?? me.member.name} />}
      {(me.sign_in.idle_minutes !== null || me.sign_in.ends_at !== null) && <IdleWatch rules={me.sign_in} />}
    </Suspense>
  );
}
