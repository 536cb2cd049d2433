// Plays one scenario in a process of its own, as a user's first run is: cold.
import { simulate } from '../../dist/simulator/virtual/simulate.js';

const { totals, sentence } = await simulate(JSON.parse(process.argv[2]));
const { maxRSS: peakKilobytes } = process.resourceUsage();
console.log(JSON.stringify({ totals, sentence, peakKilobytes }));
