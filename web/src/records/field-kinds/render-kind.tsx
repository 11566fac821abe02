/** Draws a piece of a kind with a small catalog and member, as the application would. */
import { QueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { CatalogObject } from "@/api/types";
import { renderApp } from "@/test/render";
import type { AnyFieldKind } from ".";
import type { KindField } from "./types";

function object(key: string, chinese: string, english: string, title = "name"): CatalogObject {
  return {
    id: key,
    key,
    label: { "zh-CN": chinese, en: english },
    plural: { "zh-CN": chinese, en: `${english}s` },
    icon: "box",
    color: "blue",
    title,
    features: [],
    group: "",
    position: 0,
    board: null,
    inherit: null,
    layout: {},
    layouts: [],
    record_types: [],
    reactive: false,
    rights: {
      create: true,
      read: "all",
      edit: "all",
      delete: "all",
      restore: true,
      import: true,
      export: true,
      bulk: true,
      share: true,
      transfer: true,
      configure: false,
    },
    fields: [],
    relations: [],
  };
}

const smallCatalog = {
  version: 1,
  objects: [
    object("company", "公司", "Company"),
    object("contact", "联系人", "Contact"),
    object("member", "成员", "Member"),
  ],
};

function kindClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(["catalog", "test"], smallCatalog);
  client.setQueryData(["me", "test"], {
    member: { id: "m1", name: "王芳", email: "", department: null, language: null, theme: null },
    account: { id: 1, email: "" },
    workspace: { slug: "test", name: "", time_zone: "Asia/Shanghai", currency: "CNY", fiscal_month: 1 },
    roles: [],
    rights: { objects: {}, system: [] },
    live_url: null,
  });
  return client;
}

export function renderKind(ui: ReactNode) {
  return renderApp(<div data-testid="kind">{ui}</div>, kindClient());
}

interface ControlledProps {
  kind: AnyFieldKind;
  field: KindField;
  onChange(value: unknown): void;
}

/** An empty editor that is given back what it says, as forms do. */
export function ControlledInput({ kind, field, onChange }: ControlledProps) {
  const [value, setValue] = useState<unknown>(null);
  return (
    <kind.Input
      value={value}
      field={field}
      aria-label="示例"
      onChange={(next: unknown) => {
        setValue(next);
        onChange(next);
      }}
    />
  );
}
