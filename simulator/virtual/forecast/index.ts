export { forecast } from './forecast.js';
export type { Forecast } from './forecast.js';
export type { ForecastOptions, ForecastPart, ForecastProgress } from './options.js';
export type { ExactFigure, Figure, SimulatedFigure } from './figure.js';
