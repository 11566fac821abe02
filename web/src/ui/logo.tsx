/** The mark: two circles that share something. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: "none" }}>
      <rect width="32" height="32" rx="8" fill="#2563eb" />
      <g fill="none" stroke="#fff" strokeWidth="2.4">
        <circle cx="12.5" cy="13.5" r="5.5" />
        <circle cx="19.5" cy="18.5" r="5.5" />
      </g>
    </svg>
  );
}
