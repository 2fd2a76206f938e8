/** The page's live connection: `live.on('part.changed', …)`. */
import { apiUrl } from '@/lib/http';
import { Connection, type Source } from './connection';

export const live = new Connection(() => new EventSource(apiUrl('/events')) as unknown as Source);

const HIDDEN_MS = 60_000;

/** Close the stream while the tab is hidden for long: each open stream holds a thread of the server. Returns the undoing. */
export function sleepWhenHidden(connection: Connection, target: Document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = () => {
    clearTimeout(timer);
    if (target.hidden) timer = setTimeout(() => connection.sleep(), HIDDEN_MS);
    else if (connection.state === 'asleep') connection.start();
  };
  target.addEventListener('visibilitychange', changed);
  return () => {
    clearTimeout(timer);
    target.removeEventListener('visibilitychange', changed);
  };
}
