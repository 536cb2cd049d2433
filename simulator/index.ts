/** What Truora does: its events, its tokens, its delivery rules, and ways to send. */
import type { ThreadedOptions } from './threads/simulate-in-threads.js';
import type { Forecast, ForecastOptions } from './virtual/forecast/index.js';
import type { ScenarioLike, SimulationResult } from './virtual/index.js';

export {
  createEvent,
  createResource,
  findPair,
  overrideClaims,
  pairs,
  products,
  resourceIdOf,
  usualCourse,
} from './catalog/index.js';
export type { EventPair, Product, Resource, TruoraEvent } from './catalog/index.js';
/** The zod schemas of events and claims; zod is loaded only when they are asked for. */
export const loadSchemas = async () => import('./catalog/schemas.js');
/** Records deliveries and finds what the catalogue does not model; loaded only when asked for. */
export const loadCapture = async () => import('./capture/index.js');
export type { CapturedDelivery } from './capture/captured.js';
export type { Drift, DriftKind } from './capture/drift.js';
export type { Journal } from './capture/journal.js';
export type { CaptureReceiver, Incoming, Reply } from './capture/receiver.js';
/** Foretells what a hook withstands at a rate; the engine is loaded only when it is asked. */
export const forecast = async (options: ForecastOptions): Promise<Forecast> =>
  (await import('./virtual/forecast/index.js')).forecast(options);
export { deferred } from './core/deferred.js';
export { createDeliveryState, step } from './core/delivery.js';
export type { DeliveryCommand, DeliveryInput, DeliveryState } from './core/delivery.js';
export { failedUnder } from './core/outcome.js';
export { standing } from './core/window.js';
export type { Standing } from './core/window.js';
export { HookproofError } from './core/errors.js';
export type { HookproofErrorCode } from './core/errors.js';
export { jsonPlace } from './core/json-place.js';
export { nearest } from './core/nearest.js';
export type { FailureKind, Outcome } from './core/outcome.js';
export { createPolicy, policies } from './core/policy.js';
export type { DeliveryPolicy, FailureCondition } from './core/policy.js';
export { createRandom } from './core/random.js';
export { withoutPassword } from './core/without-password.js';
export type { Random } from './core/random.js';
export { typedByPlace } from './core/typed-by-place.js';
/** Sends deliveries by the million, each unique; loaded only when asked for. */
export const loadLoad = async () => import('./load/index.js');
export type {
  LoadFigures,
  LoadOptions,
  LoadRun,
  LoadSpan,
  SampledDelivery,
  Template as LoadTemplate,
} from './load/index.js';
export { createClock } from './sender/clock.js';
export type { DeliveryClock } from './sender/clock.js';
export { createDriver } from './sender/driver.js';
export type { DeliveryStepTaken, Driver } from './sender/driver.js';
export { createHttpTransport, loadHttpClient } from './sender/http.js';
export type { HttpOptions } from './sender/http.js';
export { createInProcessTransport } from './sender/in-process.js';
export type { FetchHandler } from './sender/in-process.js';
export { openInProcess } from './sender/in-process-target.js';
export type { InProcessTarget } from './sender/in-process-target.js';
export { requestHead } from './sender/raw-request.js';
export { createRawSender } from './sender/raw.js';
export type { RawSender } from './sender/raw.js';
export { openSocket } from './sender/socket.js';
export { classifyError } from './sender/failures.js';
export { createTargetGuard, portOf } from './sender/targets.js';
export type { Address, TargetGuard, TargetRules } from './sender/targets.js';
export type { DeliveryRequest, Exchange, Transport } from './sender/transport.js';
export { listScenarios, loadScenario } from './scenarios/index.js';
export type { LoadedScenario, ScenarioAbout } from './scenarios/index.js';
/** The stand-in: store, deliveries, e-mails, log; nothing of it is loaded before. */
export const loadStandIn = async () => import('./server/index.js');
/** Its API and its page. */
export const loadStandInHttp = async () => import('./server/http.js');
export type { Database, Log, StandInOptions } from './server/options.js';
export type { HookWithFigures, StandIn } from './server/stand-in.js';
export { keyForms, macForms } from './token/secrets.js';
export { signDelivery } from './token/sign.js';
export type { DeliveryClaims } from './token/sign.js';
export { createWithhold } from './token/withhold.js';
export {
  eventKeyOf,
  eventRow,
  eventsPerPage,
  notFound,
  pageLinks,
  readTruoraPath,
  resourceDocument,
  truoraError,
} from './truora/index.js';
export type {
  EventProgress,
  EventRow,
  PageLinks,
  TruoraError,
  TruoraPath,
} from './truora/index.js';
export {
  compareReadings,
  formatTime,
  loadLedger,
  loadPictures,
  parseTime,
  scenario,
  simulate,
  timePattern,
} from './virtual/index.js';
export type {
  Behaviour,
  DisabledAt,
  DisabledTimes,
  HookResult,
  LedgerAttempt,
  LedgerIncident,
  LedgerRow,
  PageAssets,
  PlotOptions,
  PlotPart,
  PolicyChoice,
  ReadingField,
  Readings,
  ReadingsOptions,
  ReceiverResult,
  RowNames,
  RowSink,
  Scenario,
  ScenarioAction,
  ScenarioBuilder,
  ScenarioHook,
  ScenarioLike,
  ScenarioTraffic,
  SimulateOptions,
  SimulationProgress,
  SimulationResult,
  TimelineOptions,
  TimelineRecorder,
  Totals,
} from './virtual/index.js';
export type {
  Figure,
  Forecast,
  ForecastOptions,
  ForecastPart,
  ForecastProgress,
} from './virtual/forecast/index.js';
export type { ThreadedOptions } from './threads/simulate-in-threads.js';
/** `simulate` in several worker threads, to the same result; nothing of it is loaded before. */
export const simulateInThreads = async (
  scenario: ScenarioLike,
  options?: ThreadedOptions,
): Promise<SimulationResult> =>
  (await import('./threads/simulate-in-threads.js')).simulateInThreads(scenario, options);
