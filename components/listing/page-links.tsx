import type { ComponentProps } from 'react'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { PageSteps } from './page-steps.tsx'

/** Links to the pages of a listing. */
export function PageLinks({
  locale,
  ...steps
}: { locale: Locale } & Omit<ComponentProps<typeof PageSteps>, 'words'>) {
  return <PageSteps words={messagesFor(locale)} {...steps} />
}
