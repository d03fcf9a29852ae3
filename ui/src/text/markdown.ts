// Notes in Markdown, as HTML that is safe to show: a writer's own HTML stays text, and there are neither pictures nor
// links, which would lead out of the program.
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, breaks: true }).disable(['image', 'link', 'autolink']);

/** A note stands below a heading of the second rank. */
const RANK = 2;

markdown.core.ruler.push('rank', ({ tokens }) => {
  for (const token of tokens)
    if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + RANK)}`;
});

export const markdownHtml = (text: string): string => markdown.render(text);
