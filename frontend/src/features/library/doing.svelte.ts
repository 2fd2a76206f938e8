/** What a person does with a file of the library; each can be undone from the message that tells of it. */
import { library, parts } from '@/lib/api';
import { partNameOf } from '@/lib/files';
import { ApiError } from '@/lib/http';
import { t } from '@/lib/messages';
import { maySend } from '@/lib/permits';
import { router } from '@/lib/router.svelte';
import type { LibraryFile, Part } from '@/lib/types';
import { feed } from '@/features/parts/feed';
import { uploads } from '@/features/upload/uploads.svelte';
import { toasts } from '@/ui/toasts.svelte';
import { choice } from './readOptions.svelte';

export type SomeFile = Pick<LibraryFile, 'id' | 'fileName'>;

/** The file that is to be attached: its dialog is open. */
class Attaching {
  file = $state.raw<SomeFile | null>(null);
}
export const attaching = new Attaching();

const about = (file: SomeFile) => `file-${file.id}`;
const undo = (run: () => Promise<unknown>) => ({ label: t('action.undo'), run: () => void run() });

/** Run it; true when it worked. Why not is told with the server's words. */
async function tried(what: () => Promise<void>, title: string = t('error.title')): Promise<boolean> {
  try {
    await what();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toasts.fail(title, error.message);
    return false;
  }
}

/** Send files into the library, to be read as was last chosen. */
export function sendToLibrary(files: File[]): void {
  if (maySend()) uploads.add(null, files, choice.options);
  else toasts.fail(t('drop.notAllowed'));
}

/** Delete without asking twice: the message offers to undo it. */
export function remove(file: SomeFile): Promise<boolean> {
  return tried(async () => {
    await library.remove(file.id);
    toasts.say(t('file.deleted', { name: file.fileName }), { about: about(file), action: undo(() => restore(file)) });
  });
}

export function restore(file: SomeFile): Promise<boolean> {
  return tried(async () => {
    const { fileName } = await library.restore(file.id);
    toasts.say(t('file.restored', { name: fileName }), { about: about(file) });
  });
}

async function refresh(part: number): Promise<void> {
  feed.announce((await parts.get(part)).part);
}

export function attach(file: SomeFile, part: Pick<Part, 'id' | 'name'>): Promise<boolean> {
  const failed = t('file.notAttached', { name: file.fileName });
  return tried(async () => {
    await library.attach(file.id, part.id);
    toasts.say(t('file.attached', { name: file.fileName, part: part.name }), { about: about(file), action: undo(() => detach(file, part.id)) });
    await refresh(part.id);
  }, failed);
}

/** Give the file back to the library. */
export function detach(file: SomeFile, part: number): Promise<boolean> {
  return tried(async () => {
    await library.attach(file.id, null);
    toasts.say(t('file.detached', { name: file.fileName }), { about: about(file) });
    await refresh(part);
  });
}

/** A part in review, named after the file, whose first revision the file becomes. Shows it. */
export function makePart(file: SomeFile): Promise<boolean> {
  return tried(async () => {
    const part = await parts.create({ name: partNameOf(file.fileName) });
    try {
      await library.attach(file.id, part.id);
    } catch (error) {
      // A part without the file was not what was asked for.
      await parts.remove(part.id, null);
      throw error;
    }
    await refresh(part.id);
    toasts.say(t('add.done', { name: part.name }), { about: about(file), action: undo(() => unmake(file, part.id)) });
    router.go(`/parts/${part.id}`);
  });
}

/** The part goes from sight before it is deleted: nobody need ask for it while that is under way. */
async function unmake(file: SomeFile, part: number): Promise<void> {
  await tried(async () => {
    await library.attach(file.id, null);
    if (router.path === `/parts/${part}`) router.go(`/library/${file.id}`, { replace: true });
    feed.announceGone(part);
    try {
      await parts.remove(part, null);
      toasts.say(t('file.detached', { name: file.fileName }), { about: about(file) });
    } catch (error) {
      await refresh(part);
      throw error;
    }
  });
}
