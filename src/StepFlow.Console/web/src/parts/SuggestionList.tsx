import type { Suggestions } from '../model/completion';

/** The id of a suggestion, which the field names as the one that is chosen. */
export function suggestionId(list: string, index: number): string {
  return `${list}-${index}`;
}

/** What can stand at the caret; the field keeps the focus. */
export function SuggestionList({ id, suggestions, chosen, take }: { id: string; suggestions: Suggestions; chosen: number; take: (index: number) => void }) {
  return (
    <ul id={id} className="suggestions" role="listbox" aria-label="Suggestions" data-testid="suggestions">
      {suggestions.items.map(({ text, detail }, index) => (
        <li
          key={text}
          id={suggestionId(id, index)}
          role="option"
          aria-selected={index === chosen}
          ref={element => {
            if (index === chosen) {
              element?.scrollIntoView({ block: 'nearest' });
            }
          }}
          // A click would take the focus from the field.
          onMouseDown={event => event.preventDefault()}
          onClick={() => take(index)}
        >
          <code>{text}</code> <span className="small">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
