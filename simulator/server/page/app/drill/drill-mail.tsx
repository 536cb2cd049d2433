import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StoredMail } from '../../../stand-in.js';
import { MailText } from '../parts/mail-body.js';
import { linkTo } from '../routes.js';
import { useSession } from '../state/session.js';
import { findMail } from './actions.js';
import type { Drill } from './drill.js';
import { StepButton } from './step.js';

/** The e-mail of this drill, once somebody asks to see it. */
export const DrillMail = ({
  drill,
  onFound,
}: {
  readonly drill: Drill;
  readonly onFound: (mailId: string) => void;
}): JSX.Element => {
  const session = useSession();
  const [mail, setMail] = useState<StoredMail | 'none'>();
  const look = async (): Promise<void> => {
    const found = await findMail(session, drill);
    setMail(found ?? 'none');
    if (found !== undefined) onFound(found.id);
  };
  if (drill.mailId !== null && mail === undefined) {
    return (
      <p>
        <a href={linkTo('mails', drill.mailId)}>The e-mail</a>
      </p>
    );
  }
  return (
    <>
      {mail === undefined || mail === 'none' ? (
        <StepButton onPress={look}>Show the e-mail</StepButton>
      ) : (
        <>
          <p>
            <a href={linkTo('mails', mail.id)}>{mail.subject}</a>{' '}
            <span class="quiet">to {mail.to}</span>
          </p>
          <MailText text={mail.text} />
        </>
      )}
      {mail === 'none' ? <p class="quiet">It is not written yet: try again in a moment.</p> : null}
    </>
  );
};
