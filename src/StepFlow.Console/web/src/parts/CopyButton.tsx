import { useState } from 'react';

/** Copies a text. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  // Browsers offer the clipboard to pages from https and from this machine only.
  if (!window.isSecureContext) {
    return null;
  }
  return (
    <button
      type="button"
      className="copy"
      title={label}
      aria-label={done ? 'Copied' : label}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setDone(true);
          setTimeout(() => setDone(false), 1500);
        });
      }}
    >
      {done ? 'Copied' : 'Copy'}
    </button>
  );
}
