/** The rules of a plan as the form holds them: texts as they are typed. What the form does not show is kept as it is. */
export interface TierText {
  from: string;
  to: string;
  rate: string;
}

export interface ComponentText extends Record<string, unknown> {
  name: string;
  basis: string;
  measure: string;
  credit: string;
  method: string;
  measured: string;
  customers: string;
  quota: string;
  threshold: string;
  cap: string;
  tiers: TierText[];
}

export interface Definition extends Record<string, unknown> {
  components: ComponentText[];
  cap: string;
  floor: string;
  floor_amount: string;
}

export const CHOICES = {
  basis: ["received", "invoiced", "order_signed", "contract_signed"],
  measure: ["gross", "net", "margin"],
  credit: ["owner", "splits", "overlay", "team"],
  method: ["marginal", "whole"],
  measured: ["amount", "attainment"],
  customers: ["any", "new", "existing", "renewal"],
  floor: ["none", "guarantee", "draw"],
} as const;

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const record = (value: unknown) =>
  value && typeof value === "object" ? (value as Record<string, unknown>) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const newComponent = (name: string): ComponentText => ({
  name,
  basis: "received",
  measure: "gross",
  credit: "owner",
  method: "marginal",
  measured: "amount",
  customers: "any",
  quota: "",
  threshold: "",
  cap: "",
  tiers: [{ from: "0", to: "", rate: "" }],
});

export function read(value: unknown): Definition {
  const known = record(value);
  return {
    ...known,
    cap: text(known.cap),
    floor: text(known.floor) || "none",
    floor_amount: text(known.floor_amount),
    components: list(known.components).map((one) => {
      const row = record(one);
      const empty = newComponent("");
      const texts = Object.fromEntries(
        Object.entries(empty)
          .filter(([key]) => key !== "tiers")
          .map(([key, standard]) => [key, text(row[key]) || String(standard)]),
      );
      return {
        ...row,
        ...texts,
        tiers: list(row.tiers).map((tier) => {
          const each = record(tier);
          return { from: text(each.from), to: text(each.to), rate: text(each.rate) };
        }),
      } as ComponentText;
    }),
  };
}

/** Another tier begins where the last one ends. */
export function withTier(tiers: TierText[]): TierText[] {
  return [...tiers, { from: tiers.at(-1)?.to ?? "0", to: "", rate: "" }];
}
