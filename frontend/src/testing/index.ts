/** Parts for tests: whole by default, with what a test is about put in. */
import type { Part } from '@/lib/types';

export function aPart(over: Partial<Part> = {}): Part {
  return {
    id: 1, uuid: 'u-1', partId: '26-P-0001', name: 'Gusset, left', type: 'cnc', category: 'review', status: 'Pending',
    material: '6061-T6 plate', materialThickness: '1/4″', subsystem: 'Drivetrain', project: '2026 robot', assigned: null,
    claimedDate: null, completedAt: null, amount: 1, completedAmount: 0, priority: 'normal', dueDate: null, notes: '', file: null,
    onshapeUrl: null, storage: null, revision: null, model: null, newerModel: null, customFields: {},
    createdAt: '2026-01-10T10:00:00Z', updatedAt: '2026-01-10T10:00:00Z', version: 1, ...over,
  };
}

/** A fetch that answers from a table of `METHOD /path` and remembers what was asked. */
export function fakeFetch(answers: Record<string, (body: unknown, request: Request) => Response>) {
  const asked: string[] = [];
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(new URL(url, 'http://kerfline.test'), init);
    const { pathname } = new URL(request.url);
    const name = `${request.method} ${pathname}`;
    asked.push(name);
    const answer = answers[name];
    if (!answer) throw new Error(`nobody answers ${name}`);
    return answer(init.body ? JSON.parse(String(init.body)) : undefined, request);
  };
  return { fetch, asked };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}
