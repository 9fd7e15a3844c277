import { useEffect, useRef, useState } from 'react'
import { apiAddress, type Findings, parseFindings } from '#components/search/findings.ts'
import {
  parseSearchParams,
  type SearchParams,
  toAskable,
} from '#lib/site/addresses/search-params.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import { pointLanguageLinks } from './followed-link.ts'

/** A pause in typing, in ms, after which the search is asked. */
const pauseInTyping = 160

/** The question that was answered last, and the answer. */
export type Answered = { question: SearchParams; findings: Findings }

export type LiveSearch = {
  /** As the form shows it. */
  question: SearchParams
  answered: Answered
  state: 'settled' | 'asking' | 'failed'
  ask(question: SearchParams, how: { waits?: boolean; remembers?: boolean }): void
}

/**
 * Asks the search as the question changes, and keeps the question in the address and in the links to
 * other languages. An answer that is overtaken by another question is thrown away. What is typed in one
 * go is one step of the browser's history; a question that was sent off or chosen (`remembers`) is a
 * step of its own.
 */
export function useLiveSearch(locale: Locale, first: Answered): LiveSearch {
  const [question, setQuestion] = useState(first.question)
  const [answered, setAnswered] = useState(first)
  const [state, setState] = useState<LiveSearch['state']>('settled')
  const underWay = useRef(new AbortController())
  const isRemembered = useRef(true)

  async function answer(asked: SearchParams, signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(apiAddress(toAskable(asked)), { signal })
      if (!response.ok) throw new Error(`The search answered ${response.status}.`)
      const findings = parseFindings(await response.json())
      if (signal.aborted) return
      setAnswered({ question: asked, findings })
      setState('settled')
    } catch {
      if (!signal.aborted) setState('failed')
    }
  }

  function ask(
    next: SearchParams,
    { waits = false, remembers = false }: { waits?: boolean; remembers?: boolean },
  ): void {
    underWay.current.abort()
    underWay.current = new AbortController()
    const { signal } = underWay.current
    setQuestion(next)
    const asked = { ...next, text: next.text.trim() }
    const path = searchPath(locale, asked)
    const begin = () => {
      if (signal.aborted) return
      if (path !== location.pathname + location.search) {
        if (remembers || isRemembered.current) history.pushState(undefined, '', path)
        else history.replaceState(undefined, '', path)
      }
      isRemembered.current = remembers
      pointLanguageLinks(locale, asked)
      setState('asking')
      void answer(asked, signal)
    }
    if (waits) setTimeout(begin, pauseInTyping)
    else begin()
  }

  const askNow = useRef(ask)
  askNow.current = ask
  useEffect(() => {
    const goBack = () =>
      askNow.current(parseSearchParams(locale, new URLSearchParams(location.search)), {
        remembers: true,
      })
    addEventListener('popstate', goBack)
    return () => removeEventListener('popstate', goBack)
  }, [locale])

  return { question, answered, state, ask }
}
