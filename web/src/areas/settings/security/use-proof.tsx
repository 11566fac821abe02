/** Runs what asks for a proof of who one is: the refusal opens the question, the proof runs it again. */
import { type ReactNode, useCallback, useState } from "react";
import { ApiError } from "@/lib/api";
import { PROOF_NEEDED } from "@/lib/auth";
import { ProofDialog } from "./proof-dialog";

export function useProof(): { proved<T>(run: () => Promise<T>): Promise<T>; dialog: ReactNode } {
  const [asked, setAsked] = useState<{ go(): void; stop(): void } | null>(null);
  const proved = useCallback(async <T,>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === PROOF_NEEDED)) throw error;
      await new Promise<void>((go, stop) => setAsked({ go, stop: () => stop(error) }));
      return await run();
    }
  }, []);
  const close = (answer: "go" | "stop") => {
    asked?.[answer]();
    setAsked(null);
  };
  const dialog = asked && <ProofDialog onProved={() => close("go")} onClose={() => close("stop")} />;
  return { proved, dialog };
}
