/** What the address of the analysis of wins and losses says. */

export const PERIODS = ["this_month", "this_quarter", "this_year", "last_12", "all"] as const;
export type Period = (typeof PERIODS)[number];
export const SIDES = ["reason", "stage", "competitor", "owner", "product", "month"] as const;
export type Side = (typeof SIDES)[number];

export interface LossSearch {
  period?: Period;
  by?: Side;
}

export function parseLossSearch(search: Record<string, unknown>): LossSearch {
  return {
    period: PERIODS.find((one) => one === search.period),
    by: SIDES.find((one) => one === search.by),
  };
}
