/** What a person does about a job: stop it, try it again. What goes wrong is told in a toast. */
import { jobs as api } from '@/lib/api';
import { ApiError } from '@/lib/http';
import { t } from '@/lib/messages';
import type { Job } from '@/lib/types';
import { toasts } from '@/ui/toasts.svelte';
import { jobs } from './jobs.svelte';

async function told(ask: () => Promise<Job | null>): Promise<boolean> {
  try {
    const job = await ask();
    if (job) jobs.apply(job);
    return job !== null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toasts.fail(t('error.title'), error.message);
    return false;
  }
}

export function cancel(id: string): Promise<boolean> {
  return told(() => api.cancel(id));
}

export function retry(id: string): Promise<boolean> {
  return told(() => api.retry(id));
}

/** Try the newest job of a model again. */
export function retryModel(model: number): Promise<boolean> {
  return told(async () => {
    const [newest] = (await api.list({ model, limit: 1 })).items;
    return newest ? api.retry(newest.id) : null;
  });
}
