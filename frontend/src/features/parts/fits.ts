/** Whether a part belongs in a filtered list, as far as the page can know without asking. */
import type { Filters } from '@/lib/filters';
import { projectName } from '@/lib/format';
import type { Part } from '@/lib/types';

/** `null`: only the server can say, because there is a text search. */
export function fits(part: Part, filters: Filters): boolean | null {
  const { subsystem, person, type, project, material, priority } = filters.values;
  const wanted: [string | undefined, string | null][] = [
    [subsystem, part.subsystem],
    [person, part.assigned],
    [type, part.type],
    [project, projectName(part.project)],
    [material, part.material],
    [priority, part.priority],
    [filters.phase ?? undefined, part.category],
  ];
  if (wanted.some(([value, has]) => value !== undefined && value !== has)) return false;
  return filters.search.trim() === '' ? true : null;
}
