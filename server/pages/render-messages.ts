import type { SearchQuery, SearchResults, Suppressed } from '#lib/article-index/article-index.ts'
import type { RecordedAnswer } from '#lib/article-index/recorded-index.ts'
import type { Problem } from '#lib/content/problem.ts'
import type { RawFile } from '#lib/content/read-markdown-file.ts'
import type { LogFacts, LogLevel } from '#lib/node/log.ts'
import type { PreviewLink } from '../preview/preview-link.ts'

/** A page to be rendered. Everything in it is ours: no header and no path of a client's. */
export type RenderRequest = {
  /** The framework's own path: it begins with the locale. */
  path: string
}

/** What the framework sent for one request, and what it asked of the index meanwhile. */
export type Rendering = {
  status: number
  contentType: string
  body: Buffer
  answers: RecordedAnswer[]
}

/** What a signed link leads to, or a text of an editor. */
export type PreviewOutcome =
  | { kind: 'page'; rendering: Rendering }
  /** The article is public by now, at this address. */
  | { kind: 'published'; path: string }
  /** The file cannot become an article; `report` says why, one problem a line. */
  | { kind: 'invalid'; problems: Problem[] }
  /** The file is gone, or holds another article. */
  | { kind: 'missing' }

/** What the process that renders is asked; the number comes back with the answer. */
export type RenderTask =
  | { kind: 'render'; request: RenderRequest }
  /** What a link names, or a file as an editor is writing it. */
  | { kind: 'preview'; of: PreviewLink | RawFile }
  | { kind: 'ping' }

export type RenderAnswer = {
  render: Rendering
  preview: PreviewOutcome
  ping: undefined
}

export type RenderProcessRequest =
  | { kind: 'task'; number: number; task: RenderTask }
  | { kind: 'search-results'; number: number; results?: SearchResults; failure?: string }
  /** All that must not be served although the index holds it. */
  | { kind: 'suppress'; suppressed: Suppressed[] }
  | { kind: 'stop' }

export type RenderProcessMessage =
  | { kind: 'ready' }
  | { kind: 'answer'; number: number; answer: RenderAnswer[keyof RenderAnswer] }
  | { kind: 'failure'; number: number; reason: string }
  /** The task waits for threads and needs nothing of the process meanwhile, or no longer does. */
  | { kind: 'waiting'; number: number; isWaiting: boolean }
  | { kind: 'log'; level: LogLevel; message: string; facts: LogFacts }
  /** Searches run in the thread of the process that serves. */
  | { kind: 'search'; number: number; query: SearchQuery }
  | { kind: 'damage'; reason: string }
