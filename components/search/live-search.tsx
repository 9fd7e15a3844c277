'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import { isAsking, type SearchQuestion } from '#lib/site/search-question.ts'
import { SearchConditions } from './search-conditions.tsx'
import { SearchField } from './search-field.tsx'
import { isSlash, moveThroughHits } from './search-keys.ts'
import { describeOutcome, SearchOutcome } from './search-outcome.tsx'
import { type Answered, useLiveSearch } from './use-live-search.ts'

/**
 * The search: a form that works by itself and, in a browser that runs scripts, answers while it is
 * filled in. `overview` is shown as long as nothing is asked.
 */
export function LiveSearch({
  locale,
  first,
  overview,
}: {
  locale: Locale
  first: Answered
  overview: ReactNode
}) {
  const { finding } = messagesFor(locale)
  const { question, answered, state, ask } = useLiveSearch(locale, first)
  const [isLive, setLive] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)

  const begin = useRef(() => {
    setLive(true)
    // What was typed before the page came alive.
    const text = field.current?.value ?? ''
    if (text !== question.text) ask({ ...question, text, page: 1 }, {})
  })
  useEffect(() => {
    begin.current()
    const toField = (event: KeyboardEvent) => {
      if (!isSlash(event)) return
      event.preventDefault()
      field.current?.focus()
    }
    addEventListener('keydown', toField)
    return () => removeEventListener('keydown', toField)
  }, [])

  const choose = (chosen: Partial<SearchQuestion>) =>
    ask({ ...question, ...chosen, page: 1 }, { remembers: true })
  const { findings } = answered
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that links and the field in it pass on
    <div ref={root} onKeyDown={(event) => root.current && moveThroughHits(event, root.current)}>
      <search>
        <form
          action={searchPath(locale)}
          method="get"
          className="search-form"
          onSubmit={(event) => {
            // What the script could not ask the browser may.
            if (state === 'failed') return
            event.preventDefault()
            ask({ ...question, page: 1 }, { remembers: true })
          }}
        >
          <SearchField
            locale={locale}
            ref={field}
            hint={isLive ? finding.keysHint : undefined}
            value={question.text}
            onChange={({ target }) =>
              ask({ ...question, text: target.value, page: 1 }, { waits: true })
            }
            onKeyDown={(event) => {
              if (event.key === 'Escape' && question.text !== '') choose({ text: '' })
            }}
            aria-keyshortcuts="/"
          />
          <SearchConditions
            locale={locale}
            question={question}
            findings={findings}
            onChoose={choose}
          />
        </form>
      </search>
      <p role="status" className="search-status">
        {toStatus(locale, state, answered)}
      </p>
      <div aria-busy={state === 'asking'}>
        {isAsking(answered.question) ? (
          <SearchOutcome locale={locale} question={answered.question} findings={findings} />
        ) : (
          overview
        )}
      </div>
    </div>
  )
}

function toStatus(locale: Locale, state: string, { question, findings }: Answered): string {
  if (state === 'failed') return messagesFor(locale).finding.unreachable
  return isAsking(question) ? describeOutcome(locale, question, findings) : ''
}
