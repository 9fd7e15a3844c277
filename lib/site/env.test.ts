import { describe, expect, it } from 'vitest'
import { parseSiteEnv } from './env.ts'

describe('parseSiteEnv', () => {
  it('has a default for everything, and takes empty for not set', () => {
    expect(parseSiteEnv({ SITE_URL: '', PORT: '4000' })).toMatchObject({
      port: 4000,
      siteUrl: 'http://localhost:4000',
    })
  })

  it('reduces the public address to its origin', () => {
    expect(parseSiteEnv({ SITE_URL: 'https://dateline.example/' }).siteUrl).toBe(
      'https://dateline.example',
    )
  })

  it('names every wrong variable, its value and its meaning', () => {
    expect(() => parseSiteEnv({ PORT: 'eighty', SITE_URL: 'dateline.example' })).toThrow(
      /PORT is "eighty".*\n.*SITE_URL is "dateline\.example".*public origin/s,
    )
  })

  it('takes the hub as an address only', () => {
    expect(parseSiteEnv({ WEBSUB_HUB_URL: '' }).websubHubUrl).toBeUndefined()
    expect(() => parseSiteEnv({ WEBSUB_HUB_URL: 'hub.example' })).toThrow(/WEBSUB_HUB_URL is .*hub/)
  })

  it('tells nobody of anything unless it is told to, and lets crawlers in', () => {
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

  it('keeps a wrong secret to itself', () => {
    const wrong = { PREVIEW_SECRET: 'short', PUBLISH_SECRET: 'two words and more' }
    const message = () => parseSiteEnv(wrong)
    expect(message).toThrow(/PREVIEW_SECRET is set.*\nPUBLISH_SECRET is set/)
    expect(message).not.toThrow(/"short"|two words/)
  })
})
