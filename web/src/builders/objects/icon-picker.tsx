/** An icon for an object, out of those that the product knows. */
import { Button, Popover, ScrollArea, SimpleGrid, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hue } from "@/api/types";
import { hueStyle } from "@/ui/chip";
import { ICON_NAMES, IconByName } from "@/ui/icon-by-name";
import { MORE_ICONS } from "@/ui/more-icons";
import classes from "./objects.module.css";

const NAMES = [...ICON_NAMES, ...Object.keys(MORE_ICONS)].sort();

export function IconPicker({
  value,
  hue,
  onChange,
}: {
  value: string;
  hue: Hue;
  onChange(value: string): void;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState("");
  const found = NAMES.filter((name) => name.includes(typed.trim().toLowerCase()));
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          px={6}
          justify="flex-start"
          aria-label={t("objects.icon")}
          onClick={() => setOpened(!opened)}
          leftSection={
            <span className={classes.iconSmall} style={hueStyle(hue)}>
              <IconByName name={value} />
            </span>
          }
        >
          {t("objects.choose_icon")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          size="xs"
          mb={6}
          aria-label={t("objects.search_icon")}
          placeholder={t("objects.search_icon")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah={220}>
          <SimpleGrid cols={7} spacing={2}>
            {found.map((name) => (
              <UnstyledButton
                key={name}
                className={classes.iconChoice}
                aria-label={name}
                aria-pressed={name === value}
                title={name}
                onClick={() => {
                  onChange(name);
                  setOpened(false);
                }}
              >
                <IconByName name={name} size={18} />
              </UnstyledButton>
            ))}
          </SimpleGrid>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
