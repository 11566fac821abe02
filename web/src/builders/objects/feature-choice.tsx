/** What an object can do, to be ticked; inside a group of check boxes. */
import { Checkbox, SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function FeatureChoice({ features }: { features: readonly string[] }) {
  const { t, i18n } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} mt={6}>
      {features
        .filter((feature) => i18n.exists(`objects.feature_${feature}`))
        .map((feature) => (
          <Checkbox
            key={feature}
            value={feature}
            label={t(`objects.feature_${feature}`)}
            description={t(`objects.feature_help_${feature}`)}
          />
        ))}
    </SimpleGrid>
  );
}
