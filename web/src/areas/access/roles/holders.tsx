/** Who holds a role; people are added and taken from it here, after a look at what that changes. */
import { ActionIcon, Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { UserPlus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessChange, Reference } from "@/api/types";
import { membersQuery } from "@/areas/settings/people";
import { useObject } from "@/lib/catalog";
import { recordKeys, updateRecord } from "@/lib/records";
import { useSystemRight } from "@/lib/rights";
import { RecordLink } from "@/records/lookup/record-link";
import { RecordPicker } from "@/records/lookup/record-picker";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import classes from "./holders.module.css";
import { type Role, rightsChanged } from "./requests";
import { ReviewDialog } from "./review-dialog";
import shared from "./roles.module.css";

interface Step {
  id: string;
  name: string;
  roles: string[];
  given: boolean;
}

export function Holders({ role }: { role: Role }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const members = useQuery(membersQuery());
  const people = useObject("member");
  const manages = useSystemRight("members");
  const [chosen, setChosen] = useState<Reference | null>(null);
  const [asked, setAsked] = useState<Step | null>(null);
  if (members.isError) return <ErrorState error={members.error} onRetry={() => members.refetch()} />;
  if (members.isPending) return <RowsSkeleton rows={5} height={44} />;
  const holds = members.data.filter(({ roles }) => roles.some(({ id }) => id === role.id));
  const begin = (id: string, given: boolean) => {
    const member = members.data.find((one) => one.id === id);
    if (!member) return;
    const others = member.roles.map((one) => one.id).filter((one) => one !== role.id);
    setAsked({ id, name: member.name, roles: given ? [...others, role.id] : others, given });
  };
  const changes = (step: Step): AccessChange[] => [
    { object: "member", id: step.id, values: { roles: step.roles } },
  ];
  return (
    <div className={classes.narrow}>
      {role.baseline && <p className={shared.remark}>{t("roles.held_by_all")}</p>}
      {manages && people && (
        <div className={things.tools}>
          <div className={classes.picker}>
            <RecordPicker
              object={people}
              people
              value={chosen}
              onPick={setChosen}
              without={holds.map(({ id }) => id)}
              where={{ field: "status", op: "ne", value: "left" }}
              aria-label={t("roles.person")}
              placeholder={t("roles.choose_person")}
              clearable
            />
          </div>
          <Button
            leftSection={<UserPlus size={16} />}
            disabled={!chosen}
            onClick={() => chosen && begin(chosen.id, true)}
          >
            {t("roles.give")}
          </Button>
        </div>
      )}
      {holds.length === 0 ? (
        <EmptyState compact title={t("roles.nobody_holds")} />
      ) : (
        <ul className={things.list}>
          {holds.map((member) => (
            <li key={member.id} className={classes.row}>
              <Avatar name={member.name} size={28} />
              <span className={classes.name}>
                <RecordLink object="member" id={member.id} className={shared.link}>
                  {member.name}
                </RecordLink>
                <span className={shared.quiet}>{member.department?.title}</span>
              </span>
              {member.status !== "active" && <Chip hue="slate">{t(`roles.status_${member.status}`)}</Chip>}
              {manages && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("roles.take_from", { name: member.name })}
                  onClick={() => begin(member.id, false)}
                >
                  <X size={16} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <ReviewDialog
          title={t(asked.given ? "roles.give_to" : "roles.take_from", { name: asked.name })}
          changes={changes(asked)}
          confirmLabel={t(asked.given ? "roles.give" : "roles.take")}
          onConfirm={async () => {
            await updateRecord("member", asked.id, { roles: asked.roles });
            await client.invalidateQueries({ queryKey: recordKeys.of("member") });
            await rightsChanged(client);
            setChosen(null);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
