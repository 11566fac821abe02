/** The life of a small form: busy while it is sent, then done, or the refusal in words by field. */
import { useRef, useState } from "react";
import { ApiError } from "./api";
import { errorMessage } from "./error-message";

export interface Submission {
  busy: boolean;
  /** The sentence for the form as a whole, if its refusal names no field. */
  problem: string | null;
  fields: Record<string, string>;
  /** Runs the request; resolves to false when it was refused, or one is under way. */
  submit(run: () => Promise<unknown>): Promise<boolean>;
}

export function useSubmit(): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const under = useRef(false);
  const submit = async (run: () => Promise<unknown>) => {
    if (under.current) return false;
    under.current = true;
    setBusy(true);
    setProblem(null);
    setFields({});
    try {
      await run();
      return true;
    } catch (error) {
      const named = error instanceof ApiError ? error.byField() : {};
      setFields(named);
      setProblem(Object.keys(named).length > 0 ? null : errorMessage(error));
      return false;
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  return { busy, problem, fields, submit };
}
