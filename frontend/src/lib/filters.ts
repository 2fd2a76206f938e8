/** Filters and sort order as the URL carries them, and as the API wants them. */
import type { Category } from './types';

export const FILTERS = ['subsystem', 'person', 'type', 'project', 'material', 'priority'] as const;
export type FilterName = (typeof FILTERS)[number];

export const SORTABLE = ['partId', 'name', 'category', 'subsystem', 'material', 'assigned', 'amount', 'priority', 'dueDate', 'updatedAt'] as const;
export type SortColumn = (typeof SORTABLE)[number];

export interface Filters {
  search: string;
  values: Partial<Record<FilterName, string>>;
  sort: SortColumn | null;
  descending: boolean;
  phase: Category | null;
}

const PHASES = new Set(['review', 'cnc', 'hand', 'completed']);

/** Read what a URL says; what it says wrongly is left out, so that an old link still opens. */
export function parseFilters(query: URLSearchParams): Filters {
  const values: Filters['values'] = {};
  for (const name of FILTERS) {
    const value = query.get(name)?.trim();
    if (value) values[name] = value;
  }
  const sort = query.get('sort') as SortColumn | null;
  const phase = query.get('phase');
  return {
    search: query.get('q') ?? '',
    values,
    sort: sort && SORTABLE.includes(sort) ? sort : null,
    descending: query.get('dir') === 'desc',
    phase: phase && PHASES.has(phase) ? (phase as Category) : null,
  };
}

export function formatFilters(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.search.trim()) query.set('q', filters.search);
  for (const name of FILTERS) {
    const value = filters.values[name];
    if (value) query.set(name, value);
  }
  if (filters.phase) query.set('phase', filters.phase);
  if (filters.sort) {
    query.set('sort', filters.sort);
    if (filters.descending) query.set('dir', 'desc');
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** The query of a list request; `sort` only where the view sorts. */
export function toApiQuery(filters: Filters): Record<string, string> {
  const { person, ...same } = filters.values;
  const query: Record<string, string> = { ...same };
  if (person) query.assigned = person;
  if (filters.search.trim()) query.search = filters.search.trim();
  if (filters.sort) {
    query.sort_by = filters.sort;
    query.sort_order = filters.descending ? 'desc' : 'asc';
  }
  return query;
}

export function isFiltered(filters: Filters): boolean {
  return filters.search.trim() !== '' || Object.keys(filters.values).length > 0;
}
