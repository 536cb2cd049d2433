// One receiver of the kill matrix, in a process of its own: `{ id, options }` in, its row out.
import { runSubject } from '../dist/cli/self-test/subject.js';
import { findSubjects } from './subjects.mjs';

process.once('message', async ({ id, options }) => {
  const subject = findSubjects().subjects.find((one) => one.id === id);
  process.send(await runSubject(subject, options), () => process.exit());
});
