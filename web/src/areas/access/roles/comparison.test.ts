import { t } from "i18next";
import { beforeAll, expect, test } from "vitest";
import type { Catalog, CatalogObject } from "@/api/types";
import { loadTexts } from "@/lib/i18n";
import { compared } from "./comparison";
import { freeKey } from "./new-role-dialog";
import type { Permissions } from "./permissions";
import { summaryOf } from "./summary";

beforeAll(() => loadTexts("areas/access/roles"));

const object = (key: string) =>
  ({
    key,
    label: { "zh-CN": key, en: key },
    plural: { "zh-CN": key, en: key },
    group: "sales",
    position: 1,
    record_types: [{ key: "partner", label: { "zh-CN": "伙伴", en: "Partner" } }],
    fields: [{ key: "phone", label: { "zh-CN": "电话", en: "Phone" } }],
  }) as unknown as CatalogObject;

const CATALOG = { objects: [object("company"), object("contact")] } as unknown as Catalog;
const SALES: Permissions = { objects: { "*": { read: "own", edit: "own", create: true } }, system: [] };

function differences(one: Permissions, other: Permissions) {
  return compared(one, other, CATALOG, t).flatMap((part) =>
    part.lines
      .filter((line) => line.one !== line.other)
      .map((line) => [part.key, line.name, line.one, line.other]),
  );
}

test("roles that say the same differ in nothing, however they say it", () => {
  const said = {
    objects: { ...SALES.objects, company: { edit: "own", create: true, read: "own" } },
  } as Permissions;

  expect(differences(SALES, said)).toEqual([]);
});

test("reaches, switches, fields by type and what stands over the workspace are told in words", () => {
  const other: Permissions = {
    objects: {
      ...SALES.objects,
      company: {
        read: "tree",
        edit: "own",
        create: true,
        export: true,
        fields: { phone: "masked" },
        types: { partner: { phone: "edit" } },
      },
    },
    system: ["audit"],
    sign_in: { second_factor: "required" },
  };

  expect(differences(SALES, other)).toEqual([
    ["company", "查看", "本人", "本部门及下级"],
    ["company", "导出", "否", "是"],
    ["company", "字段：电话", "可编辑", "遮蔽"],
    ["system", "查看操作日志", "否", "是"],
    ["sign_in", "必须启用双重验证", "否", "是"],
  ]);
});

test("two conditions that differ look different, the same look the same", () => {
  const where = (value: string) => ({
    objects: { company: { read: { scope: "own" as const, where: { field: "level", op: "eq", value } } } },
  });
  const [, one] = compared(where("A"), where("B"), CATALOG, t);
  const read = one?.lines[0];

  expect(read?.one).toContain("本人 + 条件");
  expect(read?.one).not.toBe(read?.other);
  expect(differences(where("A"), where("A"))).toEqual([]);
});

test("a role in one line", () => {
  expect(summaryOf(SALES, CATALOG, t)).toBe("查看：本人；编辑：本人");
  expect(summaryOf({ objects: { "*": { read: "all", export: true } }, system: ["audit"] }, CATALOG, t)).toBe(
    "查看：全部；不能编辑；可导出；1 项系统权限",
  );
});

test("a key that is taken gets the first free number", () => {
  expect(freeKey("sales", [{ key: "other" }])).toBe("sales");
  expect(freeKey("sales", [{ key: "sales" }, { key: "sales_2" }])).toBe("sales_3");
});
