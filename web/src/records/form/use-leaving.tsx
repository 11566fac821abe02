/** Asks before something that was changed is left behind: by a button here, by going elsewhere, by closing the tab. */
import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { DiscardQuestion } from "./discard-question";

export function useLeaving(unsaved: boolean): { leave(go: () => void): void; question: ReactNode } {
  const [going, setGoing] = useState<{ go(): void } | null>(null);
  const blocker = useBlocker({
    shouldBlockFn: () => unsaved,
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
