import { ActivitiesPage } from './pages/ActivitiesPage';
import { MachinesPage } from './pages/MachinesPage';
import { MachinePage } from './pages/MachinePage';
import { CreatePage } from './pages/CreatePage';
import { ExecutionPage } from './pages/ExecutionPage';
import { MapRunPage } from './pages/MapRunPage';
import { zone } from './model/format';
import { linkTo, useRoute, useScrollPositions } from './routing';

/** The console: the page that the address names. */
export function App() {
  const [page = 'machines', subject] = useRoute();
  useScrollPositions();
  return (
    <>
      <header className="top">
        <a className="brand" {...linkTo()}>
          <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
            <path d="M2 3h7v4h5v6H7V9H2z" />
          </svg>
          StepFlow
        </a>
        <nav aria-label="Main">
          <a {...linkTo()} aria-current={page === 'machines' && subject === undefined ? 'page' : undefined}>
            State machines
          </a>{' '}
          <a {...linkTo('activities')} aria-current={page === 'activities' ? 'page' : undefined}>
            Activities
          </a>
        </nav>
        <span className="small zone">Times in {zone()}</span>
      </header>
      <main>{pageOf(page, subject)}</main>
    </>
  );
}

function pageOf(page: string, subject: string | undefined) {
  if (page === 'create') {
    return <CreatePage />;
  }
  if (page === 'activities') {
    return <ActivitiesPage />;
  }
  if (subject === undefined) {
    return <MachinesPage />;
  }
  switch (page) {
    case 'machines':
      return <MachinePage key={subject} arn={subject} />;
    case 'executions':
      return <ExecutionPage key={subject} arn={subject} />;
    case 'mapruns':
      return <MapRunPage key={subject} arn={subject} />;
    default:
      return <p className="empty">This page does not exist.</p>;
  }
}
