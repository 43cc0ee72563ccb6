import { useState } from 'react';
import { duration } from '../model/format';
import { detailsOf, detailsText, type HistoryEvent } from '../model/history';
import { textOf } from '../model/json';
import { JsonText } from './JsonText';
import { useWindow } from './useWindow';

const rowHeight = 32;
const viewHeight = 420;

/** Events of a history, however many; the one that is chosen with its details. */
export function EventList({ events, start }: { events: HistoryEvent[]; start: string }) {
  const [open, setOpen] = useState<number>();
  const shown = useWindow(events.length, rowHeight, viewHeight);
  const chosen = events.find(event => event.id === open);
  if (events.length === 0) {
    return <p className="empty small">There are none.</p>;
  }
  return (
    <>
      <div className="events" onScroll={shown.onScroll} style={{ maxHeight: viewHeight }} tabIndex={0} role="region" aria-label="Events">
        <table>
          <thead>
            <tr>
              <th scope="col">Id</th>
              <th scope="col">Event</th>
              <th scope="col">Step</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {shown.above > 0 && <tr aria-hidden="true" style={{ height: shown.above }} />}
            {events.slice(shown.first, shown.last).map(event => (
              <tr key={event.id} style={{ height: rowHeight }} className={event.id === open ? 'selected' : ''}>
                <td>{event.id}</td>
                <td>
                  <button
                    type="button"
                    className="link"
                    aria-expanded={event.id === open}
                    onClick={() => setOpen(event.id === open ? undefined : event.id)}
                    data-testid={`event-${event.id}`}
                  >
                    {event.type}
                  </button>
                </td>
                <td>{textOf(detailsOf(event).name)}</td>
                <td>{duration(Date.parse(event.timestamp) - Date.parse(start))}</td>
              </tr>
            ))}
            {shown.below > 0 && <tr aria-hidden="true" style={{ height: shown.below }} />}
          </tbody>
        </table>
      </div>
      {chosen && <JsonText text={detailsText(chosen)} label={`details of event ${chosen.id}`} />}
    </>
  );
}
