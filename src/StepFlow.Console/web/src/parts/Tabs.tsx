import { useId, type KeyboardEvent, type ReactNode } from 'react';

/** One of several views. */
export interface Tab {
  id: string;
  label: string;
  content: () => ReactNode;
}

/** Views of which one is shown. Arrow keys go from one to the next. */
export function Tabs({ tabs, selected, select, label }: { tabs: Tab[]; selected: string; select: (id: string) => void; label: string }) {
  const prefix = useId();
  const shown = tabs.find(tab => tab.id === selected) ?? tabs[0];
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.findIndex(tab => tab.id === shown?.id) + step + tabs.length) % tabs.length];
    if (step !== 0 && next) {
      event.preventDefault();
      select(next.id);
      document.getElementById(`${prefix}-${next.id}`)?.focus();
    }
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(tab => (
          <button
            key={tab.id}
            id={`${prefix}-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === shown?.id}
            tabIndex={tab.id === shown?.id ? 0 : -1}
            data-testid={`tab-${tab.id}`}
            onClick={() => select(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-labelledby={`${prefix}-${shown?.id}`}>
        {shown?.content()}
      </div>
    </div>
  );
}
