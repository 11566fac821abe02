/** What the screen of mailboxes asks the server. */
import { queryOptions } from "@tanstack/react-query";
import type { Mailboxes, MailboxTried } from "@/api/types";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export const mailboxesKey = () => ["mailboxes", currentWorkspace()] as const;

/** The mailboxes of the workspace; how reading goes is asked again and again while somebody looks. */
export function mailboxesQuery(live = false) {
  return queryOptions({
    queryKey: mailboxesKey(),
    queryFn: ({ signal }) => workspaceRequest<Mailboxes>("/mailboxes", { signal }),
    ...(live ? { refetchInterval: 10_000 } : {}),
  });
}

/** Where a mailbox is and how it is read, as the form has it. */
export interface MailboxValues {
  mailbox: string | null;
  name: string;
  host: string;
  port: number;
  security: string;
  user: string;
  password: string | null;
  folder: string;
  owner: string | null;
  days: number;
}

export async function saveMailbox(values: MailboxValues): Promise<Mailboxes> {
  return (await runAction<Mailboxes>("mailbox/save-mailbox", { ...values })).result;
}

export async function tryMailbox({ name: _, owner: __, days: ___, ...place }: MailboxValues) {
  return (await runAction<MailboxTried>("mailbox/try-mailbox", place)).result;
}

export async function actOnMailbox(
  verb: "switch-mailbox" | "read-mailbox" | "remove-mailbox",
  params: { mailbox: string; active?: boolean },
): Promise<Mailboxes> {
  return (await runAction<Mailboxes>(`mailbox/${verb}`, params)).result;
}
