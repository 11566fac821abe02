import { describe, expect, it } from "vitest";
import {
  chosenAtFirst,
  type Difference,
  freeAddress,
  grouped,
  groupLabel,
  inBase64,
  sortOf,
  toggled,
} from "./model";

const words = (text: string) => ({ "zh-CN": text, en: text });

function difference(section: string, id: string, more: Partial<Difference> = {}): Difference {
  return {
    name: `${section}:${id}`,
    section,
    op: "added",
    id,
    path: `${section}s/${id}.toml`,
    object: null,
    label: words(id),
    attributes: [],
    impact: [],
    obstacles: [],
    changed: null,
    ...more,
  };
}

const project = difference("object", "project", { path: "objects/project/object.toml" });
const phase = difference("field", "phase", { object: "project", path: "objects/project/fields/phase.toml" });
const board = difference("component", "board", {
  object: "project",
  path: "objects/project/record_types/board.toml",
});
const level = difference("field", "level", {
  object: "company",
  op: "changed",
  path: "objects/company/fields/level.toml",
});
const pipeline = difference("pipeline", "01a2", {});
const stage = difference("stage", "01a3", {
  attributes: [{ name: "pipeline", before: null, after: "01a2" }],
});
const role = difference("role", "auditor", {});
const rule = difference("access_rule", "01a4", {
  object: "company",
  attributes: [{ name: "roles", before: null, after: ["role:auditor"] }],
});
const remark = difference("field", "remark", {
  object: "pipeline",
  path: "objects/pipeline/fields/remark.toml",
});
const changedPipeline = difference("pipeline", "01a5", {
  op: "changed",
  attributes: [{ name: "custom.remark", before: null, after: "x" }],
});
const all = [project, phase, board, level, pipeline, stage, role, rule, remark, changedPipeline];
const names = (...some: Difference[]) => new Set(some.map(({ name }) => name));

describe("groups", () => {
  it("put things with their object, and stages with pipelines", () => {
    const found = grouped(all).map(({ key, differences }) => [key, differences.map(({ id }) => id)]);

    expect(found).toEqual([
      ["project", ["project", "phase", "board"]],
      ["company", ["level", "01a4"]],
      ["pipeline", ["01a2", "01a3", "remark", "01a5"]],
      ["role", ["auditor"]],
    ]);
  });

  it("are called as the object is to be called", () => {
    const [group] = grouped([{ ...project, label: words("项目") }, phase]);

    expect(group && groupLabel(group, [])).toEqual(words("项目"));
  });

  it("tell layouts, rules and record types apart", () => {
    expect([project, board, stage].map(sortOf)).toEqual(["object", "record_type", "stage"]);
  });
});

describe("what is chosen at first", () => {
  const gone = difference("field", "gone", { op: "removed", object: "company" });
  const stuck = difference("view", "stuck", {
    obstacles: [{ code: "x", params: {}, text: "there is no such member", count: 0 }],
  });

  it("is all that comes, and nothing that goes or cannot come", () => {
    expect(chosenAtFirst([phase, level, gone, stuck])).toEqual(names(phase, level));
  });

  it("is of a sandbox what was changed there alone, removals too", () => {
    const there = { ...gone, changed: "there" as const };
    const here = { ...phase, changed: "here" as const };
    const both = { ...level, changed: "both" as const };

    expect(chosenAtFirst([there, here, both])).toEqual(names(there));
  });
});

describe("choosing", () => {
  it("takes along what is needed", () => {
    expect(toggled(new Set(), phase, all)).toEqual(names(project, phase));
    expect(toggled(new Set(), stage, all)).toEqual(names(pipeline, stage));
    expect(toggled(new Set(), rule, all)).toEqual(names(role, rule));
    expect(toggled(new Set(), changedPipeline, all)).toEqual(names(remark, changedPipeline));
    expect(toggled(new Set(), level, all)).toEqual(names(level));
  });

  it("leaves out what needs it", () => {
    expect(toggled(names(project, phase, board, level), project, all)).toEqual(names(level));
    expect(toggled(names(pipeline, stage), pipeline, all)).toEqual(new Set());
    expect(toggled(names(project, phase), phase, all)).toEqual(names(project));
  });
});

it("reads an archive as the server takes it", async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);

  const text = await inBase64(new Blob([bytes]));

  expect(Uint8Array.from(atob(text), (one) => one.charCodeAt(0))).toEqual(bytes);
});

it("finds an address that is free", () => {
  expect(freeAddress("acme", ["acme"])).toBe("acme-sandbox");
  expect(freeAddress("acme", ["acme-sandbox", "acme-sandbox-2"])).toBe("acme-sandbox-3");
  expect(freeAddress("a".repeat(40), []).length).toBeLessThanOrEqual(40);
});
