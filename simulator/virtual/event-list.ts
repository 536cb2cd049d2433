/** Numbers of events in a column that grows: four bytes each, and nothing for the collector of garbage. */
export interface EventList {
  numbers: Uint32Array;
  /** How many of them are of use. */
  length: number;
}

/** An empty list. It takes over the room of one that is used up. */
export const createEventList = (spare?: EventList): EventList => ({
  numbers: spare?.numbers ?? new Uint32Array(16),
  length: 0,
});

export const addEvent = (list: EventList, event: number): void => {
  const { length } = list;
  if (length === list.numbers.length) widen(list);
  list.numbers[length] = event;
  list.length = length + 1;
};

const widen = (list: EventList): void => {
  const wider = new Uint32Array(list.numbers.length * 2);
  wider.set(list.numbers);
  list.numbers = wider;
};

/** The numbers in the order in which they were added; not a copy. */
export const eventsIn = ({ numbers, length }: EventList): Uint32Array =>
  numbers.subarray(0, length);
