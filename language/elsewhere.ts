/** What is not for who chose the language: it is stored, or read over the wire, by anybody. */
import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<true>();

/** Whatever this says, now and after it waited, is in English. */
export const inEnglish = <Result>(run: () => Result): Result => storage.run(true, run);

/** Whether what is said here is for somebody else. */
export const isElsewhere = (): boolean => storage.getStore() === true;
