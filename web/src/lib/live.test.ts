import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { LiveChange } from "@/api/types";
import { OWN_LIVE, refreshChanged } from "./live";
import { recordKeys } from "./records";

const change: LiveChange = {
  type: "change",
  object: "company",
  ids: ["1"],
  op: "update",
  actor: null,
  change_set: "s1",
};

test("refreshes lists and the changed record, leaves other records and self-patching lists alone", () => {
  const client = new QueryClient();
  const list = recordKeys.page("company", { limit: 50 });
  const own = recordKeys.page("company", { limit: 100 });
  const [changed, untouched] = [recordKeys.record("company", "1"), recordKeys.record("company", "2")];
  const other = recordKeys.page("contact", {});
  for (const key of [list, changed, untouched, other]) client.setQueryData(key, {});
  client.getQueryCache().build(client, { queryKey: own, meta: OWN_LIVE }).setData({});

  refreshChanged(client, [change]);

  const stale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
  expect([list, changed].map(stale)).toEqual([true, true]);
  expect([own, untouched, other].map(stale)).toEqual([false, false, false]);
});
