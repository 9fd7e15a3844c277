'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isShortcut } from '#components/layout/page/keys.browser.ts'
import { SearchConditions } from '#components/search/search-conditions.tsx'
import { SearchField } from '#components/search/search-field.tsx'
import { describeOutcome, SearchOutcome } from '#components/search/search-outcome.tsx'
import type { SearchWords } from '#components/search/search-words.ts'
import { fillIn } from '#lib/i18n/format-in.ts'
import { hasSearchTerms, type SearchParams } from '#lib/site/addresses/search-params.ts'
import { searchPath } from '#lib/site/routes.ts'
import { readFollowed } from './followed-link.ts'
import { moveThroughHits } from './search-keys.ts'
import { type Answered, useLiveSearch } from './use-live-search.ts'

/**
 * The search: a form that works by itself and, in a browser that runs scripts, answers while it is
 * filled in. `overview` is shown as long as nothing is asked; `tagName` is what readers call the tag
 * in the question.
 */
export function LiveSearch({
  words,
  first,
  tagName,
  overview,
}: {
  words: SearchWords
  first: Answered
  tagName: string
  overview: ReactNode
}) {
  const { locale } = words
  const { question, answered, state, ask } = useLiveSearch(locale, first)
  const [isLive, setLive] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  const followed = useRef<HTMLAnchorElement>(undefined)

  const begin = useRef(() => {
    setLive(true)
    // What was typed before the page came alive.
    const text = field.current?.value ?? ''
    if (text !== question.text) ask({ ...question, text, isExact: false, page: 1 }, {})
  })
  useEffect(() => {
    begin.current()
    const toField = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isShortcut(event)) return
      event.preventDefault()
      field.current?.focus()
    }
    addEventListener('keydown', toField)
    return () => removeEventListener('keydown', toField)
  }, [])

  const { text } = answered.question
  useEffect(() => {
    const title = text ? fillIn(words.searchResultsFor, text) : words.search
    document.title = `${title} · ${words.siteName}`
  }, [words, text])

  const isAnswering = hasSearchTerms(answered.question)
  useEffect(() => {
    const link = followed.current
    if (state === 'asking' || !link) return
    followed.current = undefined
    // The focus stays where the reader has moved it.
    if (document.activeElement !== link && document.activeElement !== document.body) return
    const target = isAnswering || state === 'failed' ? status.current : field.current
    target?.focus({ preventScroll: true })
    if (target && target.getBoundingClientRect().top < 0)
      target.scrollIntoView({ behavior: 'instant' })
  }, [state, isAnswering])

  const choose = (chosen: Partial<SearchParams>) =>
    ask({ ...question, ...chosen, page: 1 }, { remembers: true })
  const { findings } = answered
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: links and the field in it pass their events on
    <div
      ref={root}
      onKeyDown={(event) => root.current && moveThroughHits(event, root.current)}
      onClick={(event) => {
        const found = readFollowed(locale, event)
        // What the script could not ask the browser may: here and when the form is sent.
        if (!found || state === 'failed') return
        event.preventDefault()
        followed.current = found.link
        ask(found.question, { remembers: true })
      }}
    >
      <search>
        <form
          action={searchPath(locale)}
          method="get"
          className="search-form"
          onSubmit={(event) => {
            if (state === 'failed') return
            event.preventDefault()
            ask({ ...question, page: 1 }, { remembers: true })
          }}
        >
          <SearchField
            words={words}
            ref={field}
            hint={isLive ? words.finding.keysHint : undefined}
            value={question.text}
            onChange={({ target }) =>
              ask({ ...question, text: target.value, isExact: false, page: 1 }, { waits: true })
            }
            onKeyDown={(event) => {
              if (event.key === 'Escape' && question.text !== '') choose({ text: '' })
            }}
          />
          <SearchConditions
            words={words}
            question={question}
            findings={findings}
            tagName={tagName}
            onChoose={choose}
          />
        </form>
      </search>
      <p ref={status} role="status" tabIndex={-1} className="search-status">
        {toStatus(words, state, answered)}
      </p>
      <div aria-busy={state === 'asking'}>
        {isAnswering ? (
          <SearchOutcome words={words} question={answered.question} findings={findings} />
        ) : (
          overview
        )}
      </div>
    </div>
  )
}

function toStatus(words: SearchWords, state: string, { question, findings }: Answered): string {
  if (state === 'failed') return words.finding.unreachable
  return hasSearchTerms(question) ? describeOutcome(words, question, findings) : ''
}
