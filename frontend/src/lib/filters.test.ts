import { describe, expect, it } from 'vitest';
import { formatFilters, isFiltered, parseFilters, toApiQuery } from './filters';

const parse = (query: string) => parseFilters(new URLSearchParams(query));

describe('filters in the URL', () => {
  it('come back as they were written', () => {
    const query = '?q=50%25+plate&subsystem=Drive+train&person=Ana&phase=cnc&sort=name&dir=desc';
    expect(formatFilters(parse(query))).toBe(query);
  });

  it('leave out what means nothing', () => {
    const filters = parse('?sort=password&phase=lost&dir=desc&subsystem=++&colour=red');
    expect(formatFilters(filters)).toBe('');
    expect(isFiltered(filters)).toBe(false);
  });

  it('keep a space while somebody types, but do not search for it', () => {
    expect(parse('?q=arm+').search).toBe('arm ');
    expect(toApiQuery(parse('?q=arm+'))).toEqual({ search: 'arm' });
  });

  it('ask the API in its own words', () => {
    expect(toApiQuery(parse('?person=Ana&sort=dueDate'))).toEqual({ assigned: 'Ana', sort_by: 'dueDate', sort_order: 'asc' });
  });
});
