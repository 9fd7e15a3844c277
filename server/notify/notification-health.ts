import type { NotificationStatus } from './notifier.ts'

/**
 * The notifications as a part of `/health`: `off` where no target is configured, `failing` with a
 * reason while the last delivery to one failed, else `ok`.
 */
export function toNotificationHealth(targets: NotificationStatus[]) {
  const failing = targets.filter(({ failingSince }) => failingSince !== undefined)
  const reasons = failing.map(
    ({ name, failingSince, pending }) =>
      `${name} cannot be notified since ${failingSince}, ${pending} addresses wait`,
  )
  return {
    state: targets.length === 0 ? 'off' : failing.length > 0 ? 'failing' : 'ok',
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
    targets,
  }
}
