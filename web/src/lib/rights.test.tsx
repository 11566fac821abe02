import { QueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Catalog, CatalogObject, Me, Rights } from "@/api/types";
import { renderApp } from "@/test/render";
import { Writable } from "@/ui/writable";
import { catalogQuery } from "./catalog";
import { meQuery } from "./me";
import {
  can,
  useOnlyLooks,
  useOpens,
  useOpensDesigner,
  useOpensSomeDesigner,
  useSystemRight,
} from "./rights";
import { enterWorkspace } from "./workspace";

const LOOK = { by: "王总", until: "2026-11-22T10:00:00Z" };

function shown(system: string[], view_as: Me["view_as"], rights: Partial<Rights> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(meQuery().queryKey, { rights: { objects: {}, system }, view_as } as unknown as Me);
  const company = { key: "company", rights: { read: "all", configure: false, ...rights } };
  const objects = [company as CatalogObject];
  client.setQueryData(catalogQuery().queryKey, { objects } as Catalog);
  renderApp(<Told />, client);
  const found = JSON.parse(screen.getByTestId("told").textContent ?? "");
  return found;
}

function Told() {
  const told = {
    looks: useOnlyLooks(),
    opens: useOpens("configure"),
    may: useSystemRight("configure"),
    designer: useOpensDesigner("company"),
    some: useOpensSomeDesigner(),
  };
  return (
    <>
      <span data-testid="told">{JSON.stringify(told)}</span>
      <Writable>
        <button type="button">Save</button>
      </Writable>
    </>
  );
}

beforeEach(() => enterWorkspace("acme"));

test("a right over the workspace opens its pages and what they change", () => {
  expect(shown(["configure"], null)).toEqual({
    looks: false,
    opens: true,
    may: true,
    designer: true,
    some: true,
  });
  expect(screen.getByRole("button")).toBeEnabled();
});

test("with another member's eyes the same pages open, and nothing on them may be changed", () => {
  expect(shown(["configure"], LOOK)).toEqual({
    looks: true,
    opens: true,
    may: false,
    designer: true,
    some: true,
  });
  expect(screen.getByRole("button")).toBeDisabled();
});

test("the switch of one object opens the designer alone", () => {
  expect(shown([], null, { configure: true })).toMatchObject({
    opens: false,
    may: false,
    designer: true,
    some: true,
  });
});

test("without any right nothing opens", () => {
  expect(shown([], LOOK)).toMatchObject({ opens: false, may: false, designer: false, some: false });
});

test("a reach is a right unless it reaches nothing", () => {
  const rights = {
    create: true,
    read: { scope: "none", departments: ["d1"] },
    edit: { scope: "none" },
    delete: "none",
  } as unknown as Rights;
  const object = { rights } as CatalogObject;
  expect((["create", "read", "edit", "delete"] as const).map((one) => can(object, one))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(can(undefined, "read")).toBe(false);
});
