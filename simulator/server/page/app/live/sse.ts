/** Reads server-sent events out of text that arrives in pieces. */

export interface SseReader {
  /** Takes the next piece, and returns the data of the events that it completes. */
  readonly push: (piece: string) => readonly string[];
}

export const createSseReader = (): SseReader => {
  let rest = '';
  let data: string[] = [];
  return {
    push: (piece) => {
      const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      const events: string[] = [];
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) events.push(data.join('\n'));
          data = [];
        } else if (line.startsWith('data:')) {
          data.push(line.slice(5).replace(/^ /, ''));
        }
      }
      return events;
    },
  };
};
