/** Names with what stands behind them; those with nothing are left out. */
import type { ReactNode } from "react";

interface FactsProps {
  className: string | undefined;
  facts: readonly (readonly [string, ReactNode])[];
}

export function Facts({ className, facts }: FactsProps) {
  return (
    <dl className={className}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
