/** What is being decided about a hand-over, and what is asked of the server for it. */
import type { Filter, HeldPart, Holdings, Reference } from "@/api/types";

export type Keep = "none" | "read" | "edit";
export type OfShares = "move" | "end" | "leave";

export interface RuleDraft {
  where: Filter;
  to: Reference;
}

/** How one part is split; `rest` null follows the receivers of the whole. */
export interface PartDraft {
  take: boolean;
  rest: Reference[] | null;
  rules: RuleDraft[];
  /** By record: who gets it. */
  chosen: Record<string, Reference>;
}

export interface Draft {
  rest: Reference[];
  parts: Record<string, PartDraft>;
  together: boolean;
  onlyOpen: boolean;
  keep: Keep;
  shares: OfShares;
  endsRoles: boolean;
  leave: boolean;
}

export interface HandOverParams {
  member: string;
  rest: string[];
  splits: {
    part: string;
    take: boolean;
    chosen: { records: string[]; to: string }[];
    rules: { where: Filter; to: string }[];
    rest: string[] | null;
  }[];
  together: boolean;
  only_open: boolean;
  keep: Keep;
  shares: OfShares;
  positions: "end" | "leave";
  delegations: "end" | "leave";
  leave: boolean;
}

const UNTOUCHED: PartDraft = { take: true, rest: null, rules: [], chosen: {} };

/**
 * A hand-over of everything, in which whoever leaves keeps nothing and stands in for nobody any more. What is shared
 * with the giver needs somebody to go to only where there is any.
 */
export function newDraft(leave: boolean, isSharedWith: boolean): Draft {
  return {
    rest: [],
    parts: {},
    together: true,
    onlyOpen: false,
    keep: "none",
    shares: leave && isSharedWith ? "move" : "leave",
    endsRoles: leave,
    leave,
  };
}

export const partOf = (draft: Draft, part: string): PartDraft => draft.parts[part] ?? UNTOUCHED;

export function withPart(draft: Draft, part: string, change: Partial<PartDraft>): Draft {
  return { ...draft, parts: { ...draft.parts, [part]: { ...partOf(draft, part), ...change } } };
}

/** Parts that a person decides about; the others go with the records above them. */
export const decided = (holdings: Holdings): HeldPart[] => holdings.parts.filter((part) => !part.follows);

/** Whether anything of a part is decided otherwise than for the whole. */
export function isOwn(part: PartDraft): boolean {
  return part.rest !== null || part.rules.length > 0 || Object.keys(part.chosen).length > 0;
}

/** Whether the draft says for anything at all where it goes. */
export function hasReceiver(draft: Draft, holdings: Holdings): boolean {
  if (draft.rest.length > 0) return true;
  return decided(holdings).some(({ part }) => {
    const own = partOf(draft, part);
    return own.take && (own.rest?.length || own.rules.length || Object.keys(own.chosen).length);
  });
}

/** Everybody who is named as a receiver, once. */
export function receiversOf(draft: Draft): Reference[] {
  const every = [
    ...draft.rest,
    ...Object.values(draft.parts).flatMap((part) => [
      ...(part.rest ?? []),
      ...part.rules.map((rule) => rule.to),
      ...Object.values(part.chosen),
    ]),
  ];
  return [...new Map(every.map((one) => [one.id, one])).values()];
}

export function paramsOf(member: string, draft: Draft, manages: boolean): HandOverParams {
  const roles = manages && draft.endsRoles ? "end" : "leave";
  return {
    member,
    rest: draft.rest.map(({ id }) => id),
    splits: Object.entries(draft.parts)
      .filter(([, part]) => !part.take || isOwn(part))
      .map(([part, own]) => ({
        part,
        take: own.take,
        chosen: byReceiver(own.chosen),
        rules: own.rules.map(({ where, to }) => ({ where, to: to.id })),
        rest: own.rest?.map(({ id }) => id) ?? null,
      })),
    together: draft.together,
    only_open: draft.onlyOpen,
    keep: draft.leave ? "none" : draft.keep,
    shares: manages ? draft.shares : "leave",
    positions: roles,
    delegations: roles,
    leave: manages && draft.leave,
  };
}

function byReceiver(chosen: Record<string, Reference>): { records: string[]; to: string }[] {
  const groups = new Map<string, string[]>();
  for (const [record, to] of Object.entries(chosen)) {
    groups.set(to.id, [...(groups.get(to.id) ?? []), record]);
  }
  return [...groups].map(([to, records]) => ({ records, to }));
}
