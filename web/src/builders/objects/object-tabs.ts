/** The tabs of an object in the designer, in their order. A builder adds its own by one entry. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { DesignedWhole } from "./model";

export interface ObjectTabProps {
  object: DesignedWhole;
}

interface ObjectTab {
  /** Its name in the address. */
  key: string;
  /** Key of its title in the texts. */
  title: string;
  /** Whether it is for those alone who shape the whole workspace. */
  ofWorkspace?: boolean;
  Panel: LazyExoticComponent<ComponentType<ObjectTabProps>>;
}

export const OBJECT_TABS: readonly ObjectTab[] = [
  {
    key: "fields",
    title: "objects.fields",
    Panel: lazy(() => import("./fields-tab").then((module) => ({ default: module.FieldsTab }))),
  },
  {
    key: "relations",
    title: "objects.relations",
    Panel: lazy(() => import("./relations-tab").then((module) => ({ default: module.RelationsTab }))),
  },
  {
    key: "layouts",
    title: "layouts.tab_layouts",
    Panel: lazy(() => import("../layouts/layouts-tab").then((module) => ({ default: module.LayoutsTab }))),
  },
  {
    key: "rules",
    title: "layouts.tab_rules",
    Panel: lazy(() => import("../layouts/rules-tab").then((module) => ({ default: module.RulesTab }))),
  },
  {
    key: "record-types",
    title: "layouts.tab_types",
    Panel: lazy(() => import("../layouts/types-tab").then((module) => ({ default: module.TypesTab }))),
  },
  {
    key: "settings",
    title: "objects.settings",
    Panel: lazy(() => import("./settings-tab").then((module) => ({ default: module.SettingsTab }))),
  },
  {
    key: "access",
    title: "objects.access",
    ofWorkspace: true,
    Panel: lazy(() => import("./access-tab").then((module) => ({ default: module.AccessTab }))),
  },
  {
    key: "changes",
    title: "objects.changes",
    Panel: lazy(() => import("./changes-tab").then((module) => ({ default: module.ChangesTab }))),
  },
];
