/** What the screens of commission read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AboutReference,
  CalculatedRun,
  Filter,
  MoneyValue,
  MovedPlan,
  MovedRun,
  RecordRow,
  Reference,
} from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";

const MOST = 200;
const OBJECTS = ["commission_plan", "commission_run", "commission_statement", "commission_line"];

export interface Run extends RecordRow {
  name: string;
  status: string;
  people: number | null;
  line_count: number | null;
  total: MoneyValue | null;
  missing_rates: string | null;
}

export interface Line extends RecordRow {
  name: string | null;
  kind: string;
  source: (AboutReference & { title?: string | null }) | null;
  happened_on: string | null;
  basis: string | null;
  whole: MoneyValue | null;
  share: string | null;
  base: MoneyValue | null;
  tier: number | null;
  rate: string | null;
  computed: MoneyValue | null;
  amount: MoneyValue;
  credit: string | null;
  remark: string | null;
  plan_name: string | null;
  plan_number: number | null;
  component: string | null;
  standing: string | null;
}

export interface StatementRow extends RecordRow {
  member: Reference | null;
  status: string;
  starts_on: string;
  total: MoneyValue | null;
  dispute: string;
  name: string;
}

const rowsQuery = <Row extends RecordRow>(
  object: string,
  where: Filter | null,
  field: string,
  dir: "asc" | "desc",
) =>
  queryOptions({
    queryKey: [...recordKeys.of(object), "commission", where, field],
    queryFn: async ({ signal }) =>
      (await queryRecords(object, { where, sort: [{ field, dir }], limit: MOST }, signal)).rows as Row[],
  });

export const runsQuery = () => rowsQuery<Run>("commission_run", null, "starts_on", "desc");
export const plansQuery = () => rowsQuery<RecordRow>("commission_plan", null, "valid_from", "desc");
export const statementsQuery = () =>
  rowsQuery<StatementRow>("commission_statement", null, "starts_on", "desc");
export const linesQuery = (statement: string) =>
  rowsQuery<Line>(
    "commission_line",
    { field: "statement", op: "eq", value: statement },
    "happened_on",
    "asc",
  );

export const calculateRun = (period: string, day: string) =>
  runAction<CalculatedRun>("commission/calculate-run", { period, day });

type RunVerb = "approve-run" | "reopen-run" | "lock-run" | "discard-run";
export const moveRun = (verb: RunVerb, run: string) => runAction<MovedRun>(`commission/${verb}`, { run });

export const activatePlan = (plan: string) => runAction<MovedPlan>("commission/activate-plan", { plan });
export const newVersion = (plan: string) => runAction<MovedPlan>("commission/new-version", { plan });
export const endPlan = (plan: string, day: string) =>
  runAction<MovedPlan>("commission/end-plan", { plan, day });

export const disputeStatement = (statement: string, reason: string) =>
  runAction<unknown>("commission/dispute-statement", { statement, reason });
export const answerDispute = (statement: string, answer: string) =>
  runAction<unknown>("commission/answer-dispute", { statement, answer });

export async function commissionChanged(client: QueryClient): Promise<void> {
  await Promise.all(OBJECTS.map((object) => client.invalidateQueries({ queryKey: recordKeys.of(object) })));
}
