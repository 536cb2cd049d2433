/** The stand-in over HTTP: a worker has none of it. */
export { createApi } from './api/create-api.js';
export { serveApi } from './api/listen.js';
export { loadPage } from './page/load.js';
