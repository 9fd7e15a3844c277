import { defineIngest } from 'dateline/ingest'

/**
 * Where stories come from, and what is done with them. Every setting is explained in
 * lib/ingest/settings/ingest-config.ts and docs/where-stories-come-from.md; what is left out has a default. Secrets are
 * not here but in the environment: LLM_BASE_URL, LLM_API_KEY, LLM_MODEL, UNSPLASH_ACCESS_KEY and
 * COINDESK_API_KEY.
 *
 * These sources are an example. Ask a publisher before you live on its feed.
 */
export default defineIngest({
  sources: [
    {
      kind: 'feed',
      key: 'coindesk',
      name: 'CoinDesk',
      url: 'https://www.coindesk.com/arc/outboundfeeds/rss/',
      language: 'en',
      everyMinutes: 10,
    },
    {
      kind: 'feed',
      key: 'forklog_ua',
      name: 'ForkLog UA',
      url: 'https://forklog.com.ua/feed',
      // Written in Ukrainian first, then translated into English.
      language: 'uk',
      category: 'MARKETS',
      everyMinutes: 20,
    },
    // One source for many publishers; each story names its own.
    // {
    //   kind: 'coindesk',
    //   key: 'coindesk_api',
    //   language: 'en',
    //   excludeCategories: ['SPONSORED'],
    //   everyMinutes: 5,
    // },
    // A feed inside your own network has to be allowed.
    // {
    //   kind: 'feed',
    //   key: 'newsroom',
    //   name: 'Our newsroom',
    //   url: 'http://10.0.0.5/feed.xml',
    //   allowPrivate: true,
    // },
  ],
  languages: ['en', 'uk'],
  // Without a model: a short excerpt with a link, kept as a draft for an editor.
  withoutModel: 'draft',
  // The first pass over a feed would else bring its whole archive.
  newerThanDays: 3,
  costs: {
    requestsPerRun: 200,
    tokensPerRun: 600_000,
    requestsPerDay: 1500,
    tokensPerDay: 4_000_000,
  },
})
