import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { splitLinks, viewLinkOf, withoutStyles } from '../format/mail.js';
import { useSession } from '../state/session.js';

const useLinks = (): ((url: string) => string | undefined) => {
  const { publicUrl } = useSession().state;
  return (url) => viewLinkOf(url, { publicUrl, origin: location.origin });
};

const MailLink = ({
  url,
  view,
}: {
  readonly url: string;
  readonly view: string | undefined;
}): JSX.Element =>
  view === undefined ? (
    <a href={url} target="_blank" rel="noreferrer">
      {url}
    </a>
  ) : (
    <a href={view}>{url}</a>
  );

/** The text form; its links to this page stay in it. */
export const MailText = ({ text }: { readonly text: string }): JSX.Element => {
  const viewOf = useLinks();
  return (
    <pre class="mail-text" tabIndex={0} role="region" aria-label="E-mail as text">
      {splitLinks(text).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <MailLink key={index} url={part.url} view={viewOf(part.url)} />
        ),
      )}
    </pre>
  );
};

/**
 * The HTML form in a frame that runs no script and leads nowhere. It is of this origin only so that its
 * styles can be set from here, which a content policy lets a script do.
 */
export const MailHtml = ({ html }: { readonly html: string }): JSX.Element => {
  const place = useRef<HTMLIFrameElement>(null);
  const viewOf = useLinks();
  const dress = (): void => {
    const frame = place.current;
    const inside = frame?.contentDocument;
    if (frame === null || inside === null || inside === undefined) return;
    for (const element of inside.querySelectorAll<HTMLElement>('[data-style]')) {
      element.style.cssText = element.dataset['style'] ?? '';
    }
    inside.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a');
      if (link === null) return;
      event.preventDefault();
      const view = viewOf(link.href);
      if (view === undefined) open(link.href, '_blank', 'noopener');
      else location.hash = view;
    });
    frame.style.height = `${inside.documentElement.scrollHeight + 8}px`;
  };
  return (
    <iframe
      ref={place}
      class="mail-html"
      title="E-mail as HTML"
      sandbox="allow-same-origin"
      srcdoc={withoutStyles(html)}
      onLoad={dress}
    />
  );
};
