/** Saving what others edit too: merged where it can be, asked where it cannot. */
import { afterEach, expect, test, vi } from "vitest";
import type { CatalogObject, RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import * as records from "@/lib/records";
import { saveRecord } from "./save-record";

const object = {
  key: "company",
  fields: ["name", "phone"].map((key) => ({ key, kind: "text" })),
} as unknown as CatalogObject;

const seen: RecordRow = { id: "c1", rev: 3, name: "云图", phone: "1" };

function stale(current: RecordRow): ApiError {
  return new ApiError({ status: 409, code: "records.stale", message: "", params: { current } });
}

afterEach(() => vi.restoreAllMocks());

test("another person's change of another field is merged in silence", async () => {
  const update = vi
    .spyOn(records, "updateRecord")
    .mockRejectedValueOnce(stale({ ...seen, rev: 4, phone: "2" }))
    .mockResolvedValueOnce({ ...seen, rev: 5, name: "云图物流", phone: "2" });

  const outcome = await saveRecord(object, seen, { name: "云图物流" });

  expect(outcome).toEqual({ saved: { id: "c1", rev: 5, name: "云图物流", phone: "2" } });
  expect(update.mock.calls.map((call) => call[3])).toEqual([3, 4]);
});

test("a change of the same field is a conflict and nothing is overwritten", async () => {
  const theirs = { ...seen, rev: 4, name: "云图集团" };
  const update = vi.spyOn(records, "updateRecord").mockRejectedValue(stale(theirs));

  const outcome = await saveRecord(object, seen, { name: "云图物流" });

  expect(outcome).toEqual({ conflict: { theirs, mine: { name: "云图物流" }, fields: ["name"] } });
  expect(update).toHaveBeenCalledTimes(1);
});

test("other refusals reach the caller", async () => {
  const refusal = new ApiError({ status: 422, code: "request.invalid", message: "不行" });
  vi.spyOn(records, "updateRecord").mockRejectedValue(refusal);

  await expect(saveRecord(object, seen, { name: "" })).rejects.toBe(refusal);
});
