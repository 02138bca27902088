export const Mark = ({ className }: { readonly className?: string }) => (
  <svg viewBox="0 0 32 32" className={className} role="img" aria-label="Zendo">
    <rect width="32" height="32" rx="8" fill="#3a50b4" />
    <path d="M9 10h14L9 22h14" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
