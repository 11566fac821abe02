/** What areas add to the record page of their objects: a banner, a primary action, tabs, signs in the timeline. */
import type { ComponentType } from "react";
import type { CatalogObject, Me, RecordRow } from "@/api/types";

export interface RecordPartProps {
  object: CatalogObject;
  record: RecordRow;
  /** Saves fields in place, with the page's own handling of refusals; true when the server kept them or they wait for approval. */
  save(values: Record<string, unknown>): Promise<boolean>;
}

/** What is added to the pages of every object. */
export const EVERY_OBJECT = "*";

interface RecordTab {
  key: string;
  /** Key of its title in the texts. */
  title: string;
  /** The object whose related records it shows, so that they need no tab of their own. */
  instead?: string;
  /** Whether it is for this member; others would only be told that they may not see it. `approvals`: how many there are. */
  isFor?(me: Me, record: RecordRow, approvals: number): boolean;
  /** Key of the field that it shows: that stands nowhere else on the page, and who may not read it has no tab. */
  field?: string;
  Panel: ComponentType<RecordPartProps>;
}

export interface RecordDialogProps {
  object: CatalogObject;
  record: RecordRow;
  title: string;
  onClose(): void;
}

/** An entry of the record's menu that opens a dialog. */
interface RecordMenuEntry {
  key: string;
  /** Key of its words in the texts. */
  title: string;
  icon: ComponentType<{ size?: number }>;
  isFor?(object: CatalogObject, record: RecordRow): boolean;
  Dialog: ComponentType<RecordDialogProps>;
}

export interface RecordExtension {
  /** Under the header, such as the stage path of an opportunity. */
  Banner?: ComponentType<RecordPartProps>;
  /** The one action that matters most in the record's present state. */
  PrimaryAction?: ComponentType<RecordPartProps>;
  tabs?: RecordTab[];
  menu?: RecordMenuEntry[];
  /** Whether its priced lines may be changed in its present state; the server refuses it otherwise. */
  linesAreOpen?(record: RecordRow): boolean;
  /** Stands before the record where it appears in a timeline, such as a task's tick box. */
  TimelineMark?: ComponentType<{ record: RecordRow }>;
}

const extensions = new Map<string, RecordExtension[]>();

/** Adds to the page of an object; called once by the area's register module. */
export function extendRecordPage(object: string, extension: RecordExtension): void {
  extensions.set(object, [...(extensions.get(object) ?? []), extension]);
}

export function extensionsOf(object: string): readonly RecordExtension[] {
  return [...(extensions.get(object) ?? []), ...(extensions.get(EVERY_OBJECT) ?? [])];
}

/** Whether a field of an object is shown by a tab of its own. */
export function hasTab(object: string, field: string): boolean {
  return extensionsOf(object).some(({ tabs }) => tabs?.some((tab) => tab.field === field));
}
