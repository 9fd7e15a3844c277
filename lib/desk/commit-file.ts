import type { Actor, Desk } from './open-desk.ts'

/** Commits one file in the name of an editor. Nothing else that is staged or changed is touched. */
export async function commitFile(
  _desk: Pick<Desk, 'contentDir' | 'log'>,
  _path: string,
  _by: Actor,
  _message: string,
): Promise<void> {}
