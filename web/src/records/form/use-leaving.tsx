/** Asks before something that was changed is left behind: by a button here, by going elsewhere, by closing the tab. */
import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { DiscardQuestion } from "./discard-question";

/** `tabs`: what is unsaved stays while only the search of the address changes, as between the tabs of a page. */
export function useLeaving(
  unsaved: boolean,
  tabs = false,
): { leave(go: () => void): void; question: ReactNode } {
  const [going, setGoing] = useState<{ go(): void } | null>(null);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && !(tabs && current.pathname === next.pathname),
    enableBeforeUnload: () => unsaved,
    disabled: !unsaved,
    withResolver: true,
  });
  const leave = (go: () => void) => (unsaved ? setGoing({ go }) : go());
  const question =
    going !== null ? (
      <DiscardQuestion
        keepable={false}
        onStay={() => setGoing(null)}
        onLeave={() => {
          setGoing(null);
          going.go();
        }}
      />
    ) : blocker.status === "blocked" ? (
      <DiscardQuestion keepable={false} onStay={blocker.reset} onLeave={blocker.proceed} />
    ) : null;
  return { leave, question };
}
