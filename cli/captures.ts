/** Files of captured deliveries, as the commands read them. */
import { loadCapture } from '../simulator/index.js';
import type { CapturedDelivery } from '../simulator/index.js';

/** The deliveries in a text; undefined where it is no capture. */
export const readCaptureLines = async (
  text: string,
  name: string,
): Promise<readonly CapturedDelivery[] | undefined> => {
  const { isCapture, parseCaptures } = await loadCapture();
  return isCapture(text) ? parseCaptures(text, name) : undefined;
};
