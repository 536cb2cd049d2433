/** How bodies were answered, each as one text of status and body. */
export interface LabelledAnswers {
  /** A genuine token, an unusable text and nothing at all, under the delivery's content type. */
  readonly genuine: string;
  readonly text: string;
  readonly empty: string;
  /** JSON, and what is none, as `application/json`. */
  readonly json: string;
  readonly broken: string;
}

/**
 * Under its own content type a genuine token, an unusable text and nothing at all are answered
 * alike, while JSON is told from what is none: only JSON bodies are read.
 */
export const readsOnlyJson = ({ genuine, text, empty, json, broken }: LabelledAnswers): boolean =>
  genuine === text && genuine === empty && json !== broken;
