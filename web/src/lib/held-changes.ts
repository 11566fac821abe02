/** Writes that have to be approved first: what was refused, and whether the person submits it instead. */
import { create } from "zustand";
import { ApiError } from "./api";

/** The code of a HeldError. */
const ASKED = "approvals.asked";

export interface Change {
  op: "create" | "update" | "delete" | "export";
  object: string;
  /** Null where the record is not there yet. */
  record: string | null;
  values: Record<string, unknown>;
}

export interface HeldChange extends Change {
  flow: string;
  /** What the flow is called. */
  name: string;
  /** Ends the question: with true where the change was submitted. */
  settle(submitted: boolean): void;
}

/** The refusal of a write that a flow wants to be asked about, once the person knows it: there is nothing more to tell. */
export class HeldError extends ApiError {
  readonly submitted: boolean;

  constructor(refusal: ApiError, submitted: boolean) {
    super({ ...refusal, message: refusal.message, code: ASKED });
    this.submitted = submitted;
  }
}

/** The change about which the person is asked; the shell draws the question. */
export const useHeldChange = create<{ asked: HeldChange | null }>(() => ({ asked: null }));

export const isSubmitted = (error: unknown) => error instanceof HeldError && error.submitted;

/** Asks whether to submit what was refused, and tells in a HeldError. */
export async function askToSubmit(change: Change, refusal: ApiError): Promise<never> {
  const { flow, name } = refusal.params as { flow: string; name: string };
  const submitted = await new Promise<boolean>((resolve) => {
    const settle = (done: boolean) => {
      useHeldChange.setState({ asked: null });
      resolve(done);
    };
    useHeldChange.setState({ asked: { ...change, flow, name, settle } });
  });
  throw new HeldError(refusal, submitted);
}
