/** The rule that gave a line, in a sentence. */
import type { TFunction } from "i18next";
import { formatMoney, formatNumber } from "@/lib/format";
import type { Line } from "./requests";

export function ruleSentence(t: TFunction, line: Line): string {
  const plan = t("commission.by_plan", { plan: line.plan_name ?? "", number: line.plan_number ?? 1 });
  const amount = formatMoney(line.amount);
  if (line.kind === "claw_back" || line.kind === "adjustment")
    return t(`commission.rule_${line.kind}`, {
      paid: formatMoney(line.computed),
      share: formatNumber(Math.round(Number(line.standing ?? 0) * 10_000) / 100),
      amount,
      plan,
    });
  if (line.kind !== "earned")
    return t(`commission.rule_${line.kind}`, {
      floor: formatMoney(line.whole),
      earned: formatMoney(line.base),
      amount,
      plan,
    });
  const basis = t(`commission.basis_${line.basis}`);
  const part = Number(line.share) === 100 ? "" : t("commission.part", { share: formatNumber(line.share) });
  const base = `${basis} ${formatMoney(line.base)}${part}`;
  if (line.remark === "below_threshold") return t("commission.rule_below", { base, plan });
  const capped = line.remark === "capped" ? t("commission.capped", { amount }) : "";
  return t("commission.rule_earned", {
    base,
    tier: line.tier,
    rate: formatNumber(line.rate),
    computed: formatMoney(line.computed),
    capped,
    plan,
  });
}
