import { describe, expect, it } from 'vitest'
import { parseSiteEnv } from './env.ts'

describe('parseSiteEnv', () => {
  it('has a default for everything, and takes empty for not set', () => {
    expect(parseSiteEnv({ SITE_URL: '', PORT: '4000' })).toMatchObject({
      port: 4000,
      siteUrl: 'http://localhost:4000',
    })
  })

  it('takes the public address as an origin, and refuses what it would have to drop', () => {
    expect(parseSiteEnv({ SITE_URL: 'https://dateline.example/' })).toMatchObject({
      siteUrl: 'https://dateline.example',
      hasSiteUrl: true,
    })
    expect(parseSiteEnv({})).toMatchObject({ hasSiteUrl: false })
    expect(() => parseSiteEnv({ SITE_URL: 'https://dateline.example/news' })).toThrow(
      /SITE_URL is .* it has a path, \/news\./,
    )
  })

  it.each(['WEBSUB_HUB_URL', 'INDEXNOW_ENDPOINT'])('refuses a password in %s', (name) => {
    const parse = () => parseSiteEnv({ [name]: 'https://me:hush@hub.example/' })
    expect(parse).toThrow(new RegExp(`${name} is .*password`))
    expect(parse).not.toThrow(/hush/)
  })

  it('names every wrong variable, its value and its meaning', () => {
    expect(() => parseSiteEnv({ PORT: 'eighty', SITE_URL: 'dateline.example' })).toThrow(
      /PORT is "eighty".*\n.*SITE_URL is "dateline\.example".*public origin/s,
    )
  })

  it('has a desk where it is switched on, over https or on this machine', () => {
    const deskOf = (settings: Record<string, string>) => parseSiteEnv(settings).desk
    expect(deskOf({ DESK_URL: 'https://desk.example' })).toBeUndefined()
    expect(deskOf({ DESK: 'on' })).toEqual({ origin: 'http://localhost:3000', hasOwnHost: false })
    const SITE_URL = 'https://paper.example'
    expect(deskOf({ DESK: 'on', SITE_URL })).toEqual({ origin: SITE_URL, hasOwnHost: false })
    const DESK_URL = 'https://desk.example'
    const own = { origin: DESK_URL, hasOwnHost: true }
    expect(deskOf({ DESK: 'on', SITE_URL, DESK_URL })).toEqual(own)
    const overHttp = { DESK: 'on', SITE_URL: 'http://paper.example' }
    expect(() => parseSiteEnv(overHttp)).toThrow(/SITE_URL is .*needs https/)
    const deskOverHttp = { DESK: 'on', SITE_URL, DESK_URL: 'http://desk.example' }
    expect(() => parseSiteEnv(deskOverHttp)).toThrow(/DESK_URL is .*needs https/)
  })

  it('takes the hub as an address only', () => {
    expect(parseSiteEnv({ WEBSUB_HUB_URL: '' }).websubHubUrl).toBeUndefined()
    expect(() => parseSiteEnv({ WEBSUB_HUB_URL: 'hub.example' })).toThrow(/WEBSUB_HUB_URL is .*hub/)
  })

  it('notifies nobody unless it is configured, and lets crawlers in', () => {
    expect(parseSiteEnv({})).toMatchObject({
      aiCrawlers: 'allow',
      securityContact: undefined,
      websubHubUrl: undefined,
      indexNowKey: undefined,
      indexNowEndpoint: 'https://api.indexnow.org/indexnow',
    })
  })

  it('takes an e-mail address or a page for a contact, and refuses other keys than IndexNow’s', () => {
    const contactOf = (SECURITY_CONTACT: string) =>
      parseSiteEnv({ SECURITY_CONTACT }).securityContact
    expect(contactOf('a@dateline.example')).toBe('mailto:a@dateline.example')
    expect(contactOf('https://dateline.example/report')).toBe('https://dateline.example/report')
    expect(() => contactOf('call me')).toThrow(/SECURITY_CONTACT/)
    expect(() => parseSiteEnv({ INDEXNOW_KEY: '../robots' })).toThrow(/INDEXNOW_KEY/)
    expect(() => parseSiteEnv({ AI_CRAWLERS: 'no' })).toThrow(/AI_CRAWLERS is "no"/)
  })

  it('runs on one machine unless a database is named, and has roles only then', () => {
    expect(parseSiteEnv({})).toMatchObject({ databaseUrl: undefined, role: 'all' })
    expect(() => parseSiteEnv({ ROLE: 'web' })).toThrow(/ROLE is "web" and DATABASE_URL is not set/)
    const databaseUrl = 'postgres://me:hush@db.example/dateline'
    expect(() => parseSiteEnv({ ROLE: 'web', DATABASE_URL: databaseUrl, DESK: 'on' })).toThrow(
      /DESK/,
    )
    expect(parseSiteEnv({ ROLE: 'web', DATABASE_URL: databaseUrl, PORT: '4000' })).toMatchObject({
      databaseUrl,
      role: 'web',
      nodeName: expect.stringMatching(/^[\w.-]+:4000$/),
    })
    const wrong = () => parseSiteEnv({ DATABASE_URL: 'mysql://me:hush@db.example/dateline' })
    expect(wrong).toThrow(/DATABASE_URL is "mysql:\/\/\*\*\*@db.*PostgreSQL/)
    expect(wrong).not.toThrow(/hush/)
  })

  it('keeps a wrong secret to itself', () => {
    const wrong = {
      PREVIEW_SECRET: 'hush',
      PUBLISH_SECRET: 'hush and more, with spaces',
      METRICS_TOKEN: 'hush',
    }
    const message = () => parseSiteEnv(wrong)
    expect(message).toThrow(
      /PREVIEW_SECRET is set.*\nPUBLISH_SECRET is set.*\nMETRICS_TOKEN is set/,
    )
    expect(message).not.toThrow(/hush/)
  })
})
