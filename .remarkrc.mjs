import remarkFrontmatter from 'remark-frontmatter'
import frontMatterSchema from 'remark-lint-frontmatter-schema'

/** What the editor underlines in the front matter of articles (the extension unifiedjs.vscode-remark). */
export default {
  plugins: [
    remarkFrontmatter,
    [frontMatterSchema, { schemas: { './article.schema.json': ['./content/articles/**/*.md'] } }],
  ],
}
